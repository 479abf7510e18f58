import { buildMeasurement, COMMON_TESTS, fitsTest, type Actor, type CommonTest } from "@chartkey/sdk/records";
import { parseDecimal } from "../../../lib/format/decimal.ts";

/** What the form of a measured value holds, as it is typed. */
export interface MeasureValues {
  readonly test: string;
  readonly value: string;
  readonly unit: string;
  readonly low: string;
  readonly high: string;
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
  return COMMON_TESTS.map((test) => {
    const name = nameOf(test.analyte);
    return { test, name, label: `${name} (${test.units[0]})` };
  });
}

/** The offered test that was typed: as offered, or by its name with a unit that fits. */
export function findTest(offered: readonly OfferedTest[], typed: string, unit = ""): OfferedTest | undefined {
  const wanted = typed.trim().toLowerCase();
  return (
    offered.find(({ label }) => label.toLowerCase() === wanted) ??
    offered.find(({ name, test }) => name.toLowerCase() === wanted && fitsTest(test, unit))
  );
}

/** Now, as a field for date and time has it. */
export function localNow(now = new Date()): string {
  const shifted = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The Observation of what is typed; undefined while its value is no number, or its date none. */
export function observationOf(
  people: { readonly patient: Actor; readonly author: Actor },
  values: MeasureValues,
  offered: readonly OfferedTest[],
): ReturnType<typeof buildMeasurement> | undefined {
  const parsed = parseDecimal(values.value);
  if (!parsed || Number.isNaN(Date.parse(values.date))) return undefined;
  const found = findTest(offered, values.test, values.unit);
  return buildMeasurement({
    ...people,
    date: new Date(values.date).toISOString(),
    title: found?.name ?? values.test,
    test: found?.test,
    value: parsed.value,
    comparator: parsed.comparator,
    unit: values.unit,
    low: parseDecimal(values.low)?.value,
    high: parseDecimal(values.high)?.value,
    note: values.note,
  });
}
