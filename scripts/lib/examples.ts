/** Persons and records for `npm start -- --demo`. */
import { buildBloodPressure } from "@chartkey/sdk/records";
import type { Resource } from "@medplum/fhirtypes";
import { examplePeople } from "../../frontend/src/features/connect/examplePeople.ts";

export const HOSPITAL_NAME = "Ridgeway General Hospital";

export const STAFF = [
  { index: 2, ...examplePeople[2], speciality: 2 },
  { index: 5, ...examplePeople[5], speciality: 6 },
  { index: 4, ...examplePeople[4], speciality: 0 },
] as const;

export const PATIENTS = [
  { index: 3, name: examplePeople[3].name, birthDate: "1984-02-29", gender: "female", contact: "ananya@example.org" },
  { index: 6, name: examplePeople[6].name, birthDate: "1991-11", gender: "female", contact: "+212 5 00 00 00 00" },
] as const;

const UCUM = "http://unitsofmeasure.org";
const LOINC = "http://loinc.org";

interface Measured {
  code: string;
  name: string;
  value: number;
  unit: string;
  low?: number;
  high?: number;
  date: string;
}

function observation({ code, name, value, unit, low, high, date }: Measured): Resource {
  const bound = (limit: number) => ({ value: limit, unit, system: UCUM, code: unit });
  return {
    resourceType: "Observation",
    id: crypto.randomUUID(),
    status: "final",
    category: [
      { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
    ],
    code: { coding: [{ system: LOINC, code, display: name }], text: name },
    effectiveDateTime: date,
    valueQuantity: { value, unit, system: UCUM, code: unit },
    referenceRange: [
      { ...(low === undefined ? {} : { low: bound(low) }), ...(high === undefined ? {} : { high: bound(high) }) },
    ],
  };
}

/** What the first patient measured at home. */
const PRESSURES = [
  { date: "2026-10-02", systolic: 152, diastolic: 94 },
  { date: "2026-10-30", systolic: 144, diastolic: 88 },
  { date: "2026-11-20", systolic: 132, diastolic: 84 },
];

/** Records that the first patient brings along. */
export function firstPatientsHistory(subject: string): Resource[] {
  const patient = { display: subject };
  const active = {
    coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code: "active" }],
  };
  return [
    {
      resourceType: "AllergyIntolerance",
      id: crypto.randomUUID(),
      clinicalStatus: active,
      criticality: "high",
      code: { coding: [{ system: "http://snomed.info/sct", code: "91936005" }], text: "Allergy to penicillin" },
      patient,
      recordedDate: "2009-06-11",
      reaction: [{ manifestation: [{ text: "Hives within an hour" }], severity: "moderate" }],
    },
    {
      resourceType: "Immunization",
      id: crypto.randomUUID(),
      status: "completed",
      vaccineCode: { coding: [{ system: "http://hl7.org/fhir/sid/cvx", code: "140" }], text: "Influenza, seasonal" },
      patient,
      occurrenceDateTime: "2026-10-03",
      lotNumber: "RG-2201",
    },
    observation({
      code: "59261-8",
      name: "Long-term blood sugar (HbA1c)",
      value: 58,
      unit: "mmol/mol",
      low: 20,
      high: 41,
      date: "2026-11-20",
    }),
    observation({
      code: "59261-8",
      name: "Long-term blood sugar (HbA1c)",
      value: 64,
      unit: "mmol/mol",
      low: 20,
      high: 41,
      date: "2026-05-14",
    }),
    observation({
      code: "33914-3",
      name: "Kidney filter rate (eGFR)",
      value: 92,
      unit: "mL/min",
      low: 60,
      date: "2026-11-20",
    }),
    observation({
      code: "2823-3",
      name: "Potassium",
      value: 4.4,
      unit: "mmol/L",
      low: 3.5,
      high: 5.1,
      date: "2026-11-20",
    }),
    ...PRESSURES.map(({ date, systolic, diastolic }) =>
      buildBloodPressure({
        ...{ patient, author: patient, date, title: "Blood pressure" },
        systolic: { title: "Systolic", value: systolic, low: 90, high: 140 },
        diastolic: { title: "Diastolic", value: diastolic, low: 60, high: 90 },
      }),
    ),
  ];
}
