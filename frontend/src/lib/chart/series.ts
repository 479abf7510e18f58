import { BLOOD_PRESSURE, pressuresOf } from "@chartkey/sdk/records";
import type { ChartItem } from "./items.ts";

/** A number with the ends of its usual range. */
export interface Measured {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** One result of a test. */
export interface SeriesPoint {
  readonly item: ChartItem;
  /** What was measured: one number, or of a blood pressure the systolic and the diastolic one. */
  readonly parts: readonly [Measured, Measured?];
}

/** The values of one test in one unit, oldest first. */
export interface Series {
  /** As it is written; empty when there is none. */
  readonly unit: string;
  readonly points: readonly SeriesPoint[];
}

const LOINC = "http://loinc.org";
/** What its author took back (FHIR's observation-status). */
const WITHDRAWN = ["entered-in-error", "cancelled"];

type Observation = Extract<NonNullable<ChartItem["resource"]>, { resourceType: "Observation" }>;
type Component = NonNullable<Observation["component"]>[number];

/** What was measured: the same LOINC code, or the same words where there is none. Both pressures are one test, whatever it is called. */
function testOf(observation: Observation): string {
  const { code } = observation;
  if (pressuresOf(observation)) return BLOOD_PRESSURE.loinc;
  const coded = code.coding?.find(({ system }) => system === LOINC)?.code;
  return coded ?? (code.text ?? code.coding?.[0]?.display ?? "").trim().toLowerCase();
}

/** A value that counts: whole, not replaced, not taken back, and no mere limit. */
function countedObservation({ resource, standing, integrity }: ChartItem): Observation | undefined {
  if (integrity !== "verified" || standing.state === "superseded" || resource?.resourceType !== "Observation") return;
  const areNumbers = partsOf(resource).every((part) => {
    return part?.valueQuantity?.value !== undefined && part.valueQuantity.comparator === undefined;
  });
  return areNumbers && !WITHDRAWN.includes(resource.status) ? resource : undefined;
}

const partsOf = (observation: Observation): readonly [Observation | Component, Component?] =>
  pressuresOf(observation) ?? [observation];

const quantityOf = (observation: Observation) => partsOf(observation)[0].valueQuantity;
const unitOf = (observation: Observation) => quantityOf(observation)?.code ?? quantityOf(observation)?.unit ?? "";

function measured({ valueQuantity, referenceRange }: Observation | Component): Measured {
  const [range, ...others] = referenceRange ?? [];
  const ends = others.length === 0 ? { low: range?.low?.value, high: range?.high?.value } : {};
  return { value: valueQuantity!.value!, ...ends };
}

function pointOf(item: ChartItem, observation: Observation): SeriesPoint {
  const [first, second] = partsOf(observation);
  return { item, parts: second ? [measured(first), measured(second)] : [measured(first)] };
}

/**
 * All values of the test that an entry is of, apart by unit, the entry's own unit first: they are not converted, and never stand on one
 * axis. Empty unless there are two or more.
 */
export function seriesOf(items: readonly ChartItem[], item: ChartItem): Series[] {
  const own = countedObservation(item);
  const test = own && testOf(own);
  if (!own || !test) return [];
  const byUnit = new Map<string, { unit: string; points: SeriesPoint[] }>([[unitOf(own), { unit: "", points: [] }]]);
  // Of the same moment, what was added later is newer: a chart has its newest lines first.
  const ordered = items.toReversed().sort((left, right) => left.when - right.when);
  let count = 0;
  for (const each of ordered) {
    const observation = countedObservation(each);
    if (!observation || testOf(observation) !== test) continue;
    const key = unitOf(observation);
    const series = byUnit.get(key) ?? { unit: "", points: [] };
    series.unit ||= quantityOf(observation)?.unit ?? key;
    series.points.push(pointOf(each, observation));
    byUnit.set(key, series);
    count += 1;
  }
  return count < 2 ? [] : [...byUnit.values()].filter(({ points }) => points.length > 0);
}
