import {
  BLOOD_PRESSURE,
  buildBloodPressure,
  buildMeasurement,
  COMMON_TESTS,
  fitsTest,
  isNeverNegative as neverNegative,
  type Actor,
  type CommonTest,
} from "@chartkey/sdk/records";
import { parseDecimal } from "../../../lib/format/decimal.ts";

/** A number and its usual range, as they are typed. */
export interface TypedValue {
  readonly value: string;
  readonly low: string;
  readonly high: string;
}

/** What the form of a measured value holds, as it is typed. */
export interface MeasureValues extends TypedValue {
  readonly test: string;
  readonly unit: string;
  /** The second value of a blood pressure. */
  readonly diastolic: TypedValue;
  /** Of a field for date and time, in the zone of the browser. */
  readonly date: string;
  readonly note: string;
}

/** A common test as it is offered: by its name, and its unit, which tells an amount of mass from one of substance. */
export interface OfferedTest {
  readonly test: CommonTest;
  readonly name: string;
  readonly label: string;
}

export function offeredTests(nameOf: (analyte: string) => string): OfferedTest[] {
  return [BLOOD_PRESSURE, ...COMMON_TESTS].map((test) => {
    const name = nameOf(test.analyte);
    return { test, name, label: `${name} (${test.units[0]})` };
  });
}

/** The offered test that was typed: as offered, or by its name with a unit that fits. A blood pressure has but one unit. */
export function findTest(offered: readonly OfferedTest[], typed: string, unit = ""): OfferedTest | undefined {
  const wanted = typed.trim().toLowerCase();
  const fits = (test: CommonTest) => test === BLOOD_PRESSURE || fitsTest(test, unit);
  return (
    offered.find(({ label }) => label.toLowerCase() === wanted) ??
    offered.find(({ name, test }) => name.toLowerCase() === wanted && fits(test))
  );
}

/** Whether what is typed names something that is never below zero. */
export function isNeverNegative(offered: readonly OfferedTest[], { test, unit }: Pick<MeasureValues, "test" | "unit">) {
  const wanted = test.trim().toLowerCase();
  const named = offered.find(({ name, label }) => [name, label].some((each) => each.toLowerCase() === wanted));
  return neverNegative(named?.test, unit);
}

export const isBloodPressure = (found: OfferedTest | undefined) => found?.test === BLOOD_PRESSURE;

/** Now, as a field for date and time has it. */
export function localNow(now = new Date()): string {
  const shifted = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** A number that is no limit; undefined for anything else. */
export function parseExact(typed: string): number | undefined {
  const parsed = parseDecimal(typed);
  return parsed?.comparator === undefined ? parsed?.value : undefined;
}

/** Whether a range ends below its begin. */
export function isBackwards({ low, high }: Pick<TypedValue, "low" | "high">): boolean {
  const [from, to] = [parseExact(low), parseExact(high)];
  return from !== undefined && to !== undefined && from > to;
}

const rangeOf = ({ low, high }: TypedValue) => ({ low: parseExact(low), high: parseExact(high) });

export interface Measurer {
  readonly people: { readonly patient: Actor; readonly author: Actor };
  readonly offered: readonly OfferedTest[];
  /** What a component of a blood pressure is called. */
  readonly nameOf: (analyte: "systolic" | "diastolic") => string;
}

type Built = ReturnType<typeof buildMeasurement>;

function bloodPressureOf({ people, nameOf }: Measurer, values: MeasureValues, title: string): Built | undefined {
  const [systolic, diastolic] = [parseExact(values.value), parseExact(values.diastolic.value)];
  if (systolic === undefined || diastolic === undefined || diastolic <= 0 || systolic <= diastolic) return undefined;
  if (isBackwards(values.diastolic)) return undefined;
  return buildBloodPressure({
    ...{ ...people, title, date: new Date(values.date).toISOString(), note: values.note },
    systolic: { title: nameOf("systolic"), value: systolic, ...rangeOf(values) },
    diastolic: { title: nameOf("diastolic"), value: diastolic, ...rangeOf(values.diastolic) },
  });
}

/** The Observation of what is typed; undefined while it would not be one. */
export function observationOf(measurer: Measurer, values: MeasureValues): Built | undefined {
  const { people, offered } = measurer;
  const { test: typed, unit, date, note } = values;
  if (typed.trim() === "" || isBackwards(values) || Number.isNaN(Date.parse(date))) return undefined;
  const found = findTest(offered, typed, unit);
  if (found && isBloodPressure(found)) return bloodPressureOf(measurer, values, found.name);
  const parsed = parseDecimal(values.value);
  if (!parsed || (parsed.value < 0 && isNeverNegative(offered, values))) return undefined;
  return buildMeasurement({
    ...{ ...people, ...rangeOf(values), unit, note },
    date: new Date(date).toISOString(),
    title: found?.name ?? typed,
    test: found?.test,
    value: parsed.value,
    comparator: parsed.comparator,
  });
}
