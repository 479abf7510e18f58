import type { ChartItem } from "./items.ts";

/** One value of a test. */
export interface SeriesPoint {
  readonly item: ChartItem;
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
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

/** What was measured: the same LOINC code, or the same words where there is none. */
function testOf({ code }: Observation): string {
  const coded = code.coding?.find(({ system }) => system === LOINC)?.code;
  return coded ?? (code.text ?? code.coding?.[0]?.display ?? "").trim().toLowerCase();
}

/** A value that counts: whole, not replaced, not taken back, and no mere limit. */
function countedObservation({ resource, standing, integrity }: ChartItem): Observation | undefined {
  if (integrity !== "verified" || standing.state === "superseded" || resource?.resourceType !== "Observation") return;
  const { status, valueQuantity } = resource;
  const isNumber = valueQuantity?.value !== undefined && valueQuantity.comparator === undefined;
  return isNumber && !WITHDRAWN.includes(status) ? resource : undefined;
}

const unitOf = ({ valueQuantity }: Observation) => valueQuantity?.code ?? valueQuantity?.unit ?? "";

function pointOf(item: ChartItem, { valueQuantity, referenceRange }: Observation): SeriesPoint {
  const [range, ...others] = referenceRange ?? [];
  const ends = others.length === 0 ? { low: range?.low?.value, high: range?.high?.value } : {};
  return { item, value: valueQuantity!.value!, ...ends };
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
  const ordered = [...items].sort((left, right) => left.when - right.when);
  let count = 0;
  for (const each of ordered) {
    const observation = countedObservation(each);
    if (!observation || testOf(observation) !== test) continue;
    const key = unitOf(observation);
    const series = byUnit.get(key) ?? { unit: "", points: [] };
    series.unit ||= observation.valueQuantity?.unit ?? key;
    series.points.push(pointOf(each, observation));
    byUnit.set(key, series);
    count += 1;
  }
  return count < 2 ? [] : [...byUnit.values()].filter(({ points }) => points.length > 0);
}
