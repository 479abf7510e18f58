import type { CodeableConcept, Resource } from "@medplum/fhirtypes";

/** What a record says is not there: all of its kind, a part of it ("no known food allergy"), or that nobody knows. */
export type Absence = "none" | "partial" | "unknown";

/** Code system of HL7 IPS: http://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html */
const IPS_ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
const IPS_PARTIAL = new Set([
  "no-known-medication-allergies",
  "no-known-environmental-allergies",
  "no-known-food-allergies",
]);

/** SNOMED CT, as HL7 IPS maps its own codes to it. */
const SNOMED = "http://snomed.info/sct";
const SNOMED_ABSENT: Readonly<Record<string, Absence | undefined>> = {
  // No known allergy, and the older code that it replaces.
  "716186003": "none",
  "160244002": "none",
  // No known drug, environmental and food allergy.
  "409137002": "partial",
  "428607008": "partial",
  "429625007": "partial",
  // No past history of clinical finding, which stands for no current problem; not on medication.
  "160245001": "none",
  "787481004": "none",
};

function absenceOfCode(system: string | undefined, code: string): Absence | undefined {
  if (system === SNOMED) return SNOMED_ABSENT[code];
  if (system !== IPS_ABSENT) return undefined;
  if (IPS_PARTIAL.has(code)) return "partial";
  return code.endsWith("-info") ? "unknown" : "none";
}

/** What a record says is not there, by its code; undefined for one that says that something is. */
export function absenceOf(resource: Resource): Absence | undefined {
  const elements = resource as unknown as Record<string, CodeableConcept | undefined>;
  const concepts = ["code", "medicationCodeableConcept", "vaccineCode"].map((element) => elements[element]);
  return concepts
    .flatMap((concept) => concept?.coding ?? [])
    .map(({ system, code = "" }) => absenceOfCode(system, code))
    .find((absence) => absence !== undefined);
}

/** What never happened, or was written by mistake. */
const VOID = new Set(["entered-in-error", "refuted", "not-done", "not-taken", "cancelled", "preparation", "draft"]);

/** The code of its state by which a record tells of what is not so: it was not done, was refuted, was a mistake; else undefined. */
export function voidCode(resource: Resource): string | undefined {
  const { status, verificationStatus } = resource as { status?: string; verificationStatus?: CodeableConcept };
  const codes = [status, ...(verificationStatus?.coding ?? []).map(({ code }) => code)];
  return codes.find((code) => code !== undefined && VOID.has(code));
}

/** Without the records that say that there is nothing, or that nothing is known, where another one says that there is something. */
export function withoutNone<T>(records: readonly T[], resourceOf: (record: T) => Resource): readonly T[] {
  const absences = records.map((record) => absenceOf(resourceOf(record)));
  if (!absences.includes(undefined)) return records;
  return records.filter((_, place) => absences[place] === undefined || absences[place] === "partial");
}
