/**
 * Common laboratory tests and vital signs with their LOINC codes and UCUM units. The names are LOINC's long common names; what a program
 * calls them in its languages is its own. Who shows them shows `TERMINOLOGY_NOTICES` (docs/terminologies.md).
 */

export const LOINC = "http://loinc.org";
export const UCUM = "http://unitsofmeasure.org";

/** What the licences of LOINC and UCUM ask whoever passes on their codes to say. */
export const TERMINOLOGY_NOTICES = [
  "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.",
  "This product includes all or a portion of the UCUM table, UCUM codes, and UCUM definitions or is derived from it, subject to a license from Regenstrief Institute, Inc. and The UCUM Organization. Your use of the UCUM table, UCUM codes, UCUM definitions also is subject to this license, a copy of which is available at http://unitsofmeasure.org. The UCUM table and UCUM codes are copyright © Regenstrief Institute, Inc. and the Unified Code for Units of Measure (UCUM) Organization. All rights reserved. They are provided “as is”; any express or implied warranties are disclaimed.",
] as const;

/** One test as LOINC distinguishes it: an amount of mass is another test than an amount of substance. */
export interface CommonTest {
  /** What is measured, for a program's own name of it. */
  readonly analyte: string;
  readonly loinc: string;
  /** LOINC's long common name. */
  readonly display: string;
  /** UCUM codes that fit the code, the usual one first. */
  readonly units: readonly [string, ...string[]];
  readonly category: "laboratory" | "vital-signs";
}

type Row = [analyte: string, loinc: string, display: string, ...units: [string, ...string[]]];

const inSerum = (substance: string, property: string) => `${substance} [${property}] in Serum or Plasma`;
const mass = (substance: string) => inSerum(substance, "Mass/volume");
const moles = (substance: string) => inSerum(substance, "Moles/volume");
const enzyme = (substance: string) => inSerum(substance, "Enzymatic activity/volume");

const vitalSigns: readonly Row[] = [
  ["systolic", "8480-6", "Systolic blood pressure", "mm[Hg]"],
  ["diastolic", "8462-4", "Diastolic blood pressure", "mm[Hg]"],
  ["heartRate", "8867-4", "Heart rate", "/min"],
  ["respiratoryRate", "9279-1", "Respiratory rate", "/min"],
  ["temperature", "8310-5", "Body temperature", "Cel", "[degF]"],
  ["oxygenSaturation", "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%"],
  ["weight", "29463-7", "Body weight", "kg", "g", "[lb_av]"],
  ["height", "8302-2", "Body height", "cm", "[in_i]"],
  ["bmi", "39156-5", "Body mass index (BMI) [Ratio]", "kg/m2"],
];

const laboratory: readonly Row[] = [
  ["haemoglobin", "718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", "g/L"],
  ["haematocrit", "4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count", "%"],
  ["leukocytes", "6690-2", "Leukocytes [#/volume] in Blood by Automated count", "10*9/L", "10*3/uL"],
  ["erythrocytes", "789-8", "Erythrocytes [#/volume] in Blood by Automated count", "10*12/L", "10*6/uL"],
  ["platelets", "777-3", "Platelets [#/volume] in Blood by Automated count", "10*9/L", "10*3/uL"],
  ["sedimentation", "30341-2", "Erythrocyte sedimentation rate", "mm/h"],
  ["inr", "6301-6", "INR in Platelet poor plasma by Coagulation assay", "{INR}"],
  ["glucose", "14749-6", moles("Glucose"), "mmol/L"],
  ["glucose", "2345-7", mass("Glucose"), "mg/dL"],
  ["hba1c", "59261-8", "Hemoglobin A1c/Hemoglobin.total in Blood by IFCC protocol", "mmol/mol"],
  ["hba1c", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%"],
  ["creatinine", "14682-9", moles("Creatinine"), "umol/L"],
  ["creatinine", "2160-0", mass("Creatinine"), "mg/dL"],
  ["urea", "22664-7", moles("Urea"), "mmol/L"],
  ["ureaNitrogen", "3094-0", mass("Urea nitrogen"), "mg/dL"],
  ["sodium", "2951-2", moles("Sodium"), "mmol/L"],
  ["potassium", "2823-3", moles("Potassium"), "mmol/L"],
  ["chloride", "2075-0", moles("Chloride"), "mmol/L"],
  ["calcium", "2000-8", moles("Calcium"), "mmol/L"],
  ["calcium", "17861-6", mass("Calcium"), "mg/dL"],
  ["cholesterol", "14647-2", moles("Cholesterol"), "mmol/L"],
  ["cholesterol", "2093-3", mass("Cholesterol"), "mg/dL"],
  ["hdl", "14646-4", moles("Cholesterol in HDL"), "mmol/L"],
  ["hdl", "2085-9", mass("Cholesterol in HDL"), "mg/dL"],
  ["ldl", "22748-8", moles("Cholesterol in LDL"), "mmol/L"],
  ["ldl", "2089-1", mass("Cholesterol in LDL"), "mg/dL"],
  ["triglycerides", "14927-8", moles("Triglyceride"), "mmol/L"],
  ["triglycerides", "2571-8", mass("Triglyceride"), "mg/dL"],
  ["alt", "1742-6", enzyme("Alanine aminotransferase"), "U/L"],
  ["ast", "1920-8", enzyme("Aspartate aminotransferase"), "U/L"],
  ["ggt", "2324-2", enzyme("Gamma glutamyl transferase"), "U/L"],
  ["alp", "6768-6", enzyme("Alkaline phosphatase"), "U/L"],
  ["bilirubin", "14631-6", moles("Bilirubin.total"), "umol/L"],
  ["bilirubin", "1975-2", mass("Bilirubin.total"), "mg/dL"],
  ["albumin", "1751-7", mass("Albumin"), "g/L", "g/dL"],
  ["crp", "1988-5", mass("C reactive protein"), "mg/L", "mg/dL"],
  ["tsh", "3016-3", inSerum("Thyrotropin", "Units/volume"), "m[IU]/L", "u[IU]/mL"],
  ["ferritin", "2276-4", mass("Ferritin"), "ug/L", "ng/mL"],
  ["urate", "3084-1", mass("Urate"), "mg/dL"],
];

const testsOf = (category: CommonTest["category"], rows: readonly Row[]): CommonTest[] =>
  rows.map(([analyte, loinc, display, ...units]) => ({ analyte, loinc, display, units, category }));

/** In the order in which they are offered. */
export const COMMON_TESTS: readonly CommonTest[] = [
  ...testsOf("vital-signs", vitalSigns),
  ...testsOf("laboratory", laboratory),
];

/** UCUM codes that are offered, and taken for UCUM when they are typed. */
export const COMMON_UNITS: readonly string[] = [
  ...new Set([
    ...COMMON_TESTS.flatMap(({ units }) => units),
    "1",
    "mg/L",
    "ng/L",
    "pg/mL",
    "nmol/L",
    "pmol/L",
    "mL/min",
  ]),
];
