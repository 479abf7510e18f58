import type { Observation, ObservationComponent, Quantity } from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { type Written, note, text } from "./builders.ts";
import { type CommonTest, LOINC, UCUM } from "./common-tests.ts";

/** Systolic and diastolic pressure as one result, of two components. */
export const BLOOD_PRESSURE: CommonTest = {
  analyte: "bloodPressure",
  loinc: "85354-9",
  display: "Blood pressure panel with all children optional",
  units: ["mm[Hg]"],
  category: "vital-signs",
};

/** Codes and long common names of the components, in the order in which they are said: 120/80. */
export const PRESSURES = [
  { loinc: "8480-6", display: "Systolic blood pressure" },
  { loinc: "8462-4", display: "Diastolic blood pressure" },
] as const;

/** One of the two pressures in mm[Hg], with the ends of its usual range. */
export interface Pressure {
  /** What it is called. */
  title: string;
  value: number;
  low?: number | undefined;
  high?: number | undefined;
}

export interface BloodPressure extends Written {
  title: string;
  systolic: Pressure;
  diastolic: Pressure;
  note?: string;
}

const invalid = (element: string, message: string) =>
  new ChartkeyError("RECORD_NUMBER_INVALID", message, { details: { element } });

const quantity = (value: number): Quantity => ({ value, unit: "mmHg", system: UCUM, code: BLOOD_PRESSURE.units[0] });

function component({ title, value, low, high }: Pressure, index: 0 | 1): ObservationComponent {
  if ([value, low, high].some((number) => number !== undefined && !(Number.isFinite(number) && number > 0)))
    throw invalid("value", "A pressure must be a number above zero.");
  if (low !== undefined && high !== undefined && low > high)
    throw invalid("range", "The range must not end below its begin.");
  const { loinc: code, display } = PRESSURES[index];
  const range = {
    ...(low === undefined ? {} : { low: quantity(low) }),
    ...(high === undefined ? {} : { high: quantity(high) }),
  };
  return {
    code: { coding: [{ system: LOINC, code, display }], text: text(title, "title") },
    valueQuantity: quantity(value),
    ...(Object.keys(range).length === 0 ? {} : { referenceRange: [range] }),
  };
}

/** A blood pressure as one Observation. Throws `RECORD_TEXT_MISSING`, and `RECORD_NUMBER_INVALID` unless the systolic one is the higher. */
export function buildBloodPressure(input: BloodPressure): Observation {
  const { systolic, diastolic } = input;
  if (!(systolic.value > diastolic.value))
    throw invalid("value", "The systolic pressure must be above the diastolic one.");
  const { loinc: code, display, category } = BLOOD_PRESSURE;
  return {
    resourceType: "Observation",
    id: crypto.randomUUID(),
    status: "final",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: category }] }],
    code: { coding: [{ system: LOINC, code, display }], text: text(input.title, "title") },
    subject: input.patient,
    effectiveDateTime: input.date,
    performer: [input.author],
    component: [component(systolic, 0), component(diastolic, 1)],
    ...note(input.note),
  };
}

/** Whether two quantities are said to be in one unit: by code or by words, and neither says otherwise. */
function areOfOneUnit(left: Quantity | undefined, right: Quantity | undefined): boolean {
  const named = (["code", "unit"] as const).map((part) => [left?.[part], right?.[part]] as const);
  const both = named.filter(([one, other]) => one !== undefined && other !== undefined);
  const hasNone = named.flat().every((name) => name === undefined);
  return both.every(([one, other]) => one === other) && (both.length > 0 || hasNone);
}

/** The components of an Observation that are its systolic and diastolic pressure; undefined unless it has both as numbers of one unit. */
export function pressuresOf({ component = [] }: Observation): [ObservationComponent, ObservationComponent] | undefined {
  const [systolic, diastolic] = PRESSURES.map(({ loinc }) =>
    component.find(({ code, valueQuantity }) => {
      const isCoded = code?.coding?.some(({ system, code: value }) => system === LOINC && value === loinc);
      return valueQuantity?.value !== undefined && isCoded;
    }),
  );
  if (!systolic || !diastolic) return undefined;
  return areOfOneUnit(systolic.valueQuantity, diastolic.valueQuantity) ? [systolic, diastolic] : undefined;
}
