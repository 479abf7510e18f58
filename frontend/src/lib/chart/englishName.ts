import type { summarize } from "@chartkey/sdk/records";

interface Named {
  readonly system?: string;
  readonly display?: string;
}

/** Where resources have the concept that they are called by. */
interface Called {
  readonly resourceType: string;
  readonly code?: unknown;
  readonly medicationCodeableConcept?: unknown;
  readonly vaccineCode?: unknown;
}

/** Terminologies that name things in English alone. Of SNOMED CT and LOINC there are translations under the same address. */
const ENGLISH_ONLY = new Set([
  "http://www.nlm.nih.gov/research/umls/rxnorm",
  "http://hl7.org/fhir/sid/cvx",
  "http://hl7.org/fhir/sid/icd-10-cm",
]);

function codingsOf(concept: unknown): readonly Named[] {
  const { coding } = (concept ?? {}) as { readonly coding?: unknown };
  return Array.isArray(coding) ? (coding as Named[]) : [];
}

/** Whether a title is what an English terminology calls it, not what somebody wrote. */
export function isEnglishName(resource: Parameters<typeof summarize>[0], title: string): boolean {
  const { code, medicationCodeableConcept, vaccineCode }: Called = resource;
  return [code, medicationCodeableConcept, vaccineCode]
    .flatMap(codingsOf)
    .some(({ system = "", display }) => display === title && ENGLISH_ONLY.has(system));
}
