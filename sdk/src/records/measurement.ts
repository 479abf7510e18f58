import type { Observation, Quantity } from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { type Written, note, text } from "./builders.ts";
import { COMMON_UNITS, type CommonTest, LOINC, UCUM } from "./common-tests.ts";

/** A number that was measured. */
export interface Measurement extends Written {
  /** What was measured, in words. */
  title: string;
  /** The common test that it is; its code is written only with a unit that fits it. */
  test?: CommonTest | undefined;
  value: number;
  /** For a value below or above what could be measured. */
  comparator?: Quantity["comparator"] | undefined;
  /** A UCUM code, or any other words for the unit. */
  unit?: string | undefined;
  /** Reference range, both ends included. */
  low?: number | undefined;
  high?: number | undefined;
  note?: string;
}

const invalid = (element: string, message: string) =>
  new ChartkeyError("RECORD_NUMBER_INVALID", message, { details: { element } });

function quantity(value: number, unit: string): Quantity {
  if (unit === "") return { value };
  return COMMON_UNITS.includes(unit) ? { value, unit, system: UCUM, code: unit } : { value, unit };
}

function requireNumbers({ test, unit, value, low, high }: Measurement): void {
  if (!Number.isFinite(value)) throw invalid("value", "The value must be a number.");
  if ([low, high].some((end) => end !== undefined && !Number.isFinite(end)))
    throw invalid("range", "The ends of the range must be numbers.");
  if (low !== undefined && high !== undefined && low > high)
    throw invalid("range", "The range must not end below its begin.");
  if (value < 0 && isNeverNegative(test, unit ?? ""))
    throw invalid("value", "This cannot be below zero. Enter the value without the minus.");
}

/** Units in which something may be below zero: a temperature, a difference, an excess, a score. */
const SIGNED_UNITS: readonly string[] = [
  ...["Cel", "[degF]", "mmol/L", "%", "1", "kg", "g", "[lb_av]", "cm", "[in_i]", "kg/m2", "mm[Hg]"],
];

/** Whether a value below zero can only be a slip: of a common test that is no temperature, or in a unit of amounts and counts. */
export function isNeverNegative(test: CommonTest | undefined, unit: string): boolean {
  if (test) return test.analyte !== "temperature";
  return COMMON_UNITS.includes(unit.trim()) && !SIGNED_UNITS.includes(unit.trim());
}

/** Whether a unit is one of those that the code of a test stands for. */
export function fitsTest(test: CommonTest | undefined, unit: string): test is CommonTest {
  return test?.units.includes(unit.trim()) === true;
}

/** One measured number as an Observation. Throws `RECORD_TEXT_MISSING` or `RECORD_NUMBER_INVALID`. */
export function buildMeasurement(input: Measurement): Observation {
  requireNumbers(input);
  const { test, value, comparator, low, high } = input;
  const unit = input.unit?.trim() ?? "";
  const coding = fitsTest(test, unit) ? { coding: [{ system: LOINC, code: test.loinc, display: test.display }] } : {};
  const range = {
    ...(low === undefined ? {} : { low: quantity(low, unit) }),
    ...(high === undefined ? {} : { high: quantity(high, unit) }),
  };
  const category = "http://terminology.hl7.org/CodeSystem/observation-category";
  return {
    resourceType: "Observation",
    id: crypto.randomUUID(),
    status: "final",
    category: [{ coding: [{ system: category, code: test?.category ?? "laboratory" }] }],
    code: { ...coding, text: text(input.title, "title") },
    subject: input.patient,
    effectiveDateTime: input.date,
    performer: [input.author],
    valueQuantity: { ...quantity(value, unit), ...(comparator === undefined ? {} : { comparator }) },
    ...(Object.keys(range).length === 0 ? {} : { referenceRange: [range] }),
    ...note(input.note),
  };
}
