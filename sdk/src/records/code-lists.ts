import type { Coding } from "@medplum/fhirtypes";

/**
 * Codes that forms offer, from terminologies that anybody may pass on. docs/terminologies.md names the source, the selection and the terms
 * of each. The names are English, as the terminologies have them; none says that a code exists nowhere else.
 */

/** A code with its name, as it goes into a record. */
export type ListedCode = Required<Pick<Coding, "system" | "code" | "display">>;

interface ListFile {
  readonly default: { readonly system: string; readonly version?: string; readonly entries: string[][] };
}

/** Each in a file of its own, read when a form first needs it. */
const files = {
  snomedProblems: (): Promise<ListFile> => import("./terminology/snomed-ips-problems.json", { with: { type: "json" } }),
  snomedAllergies: (): Promise<ListFile> =>
    import("./terminology/snomed-ips-allergies.json", { with: { type: "json" } }),
  icd10cm: (): Promise<ListFile> => import("./terminology/icd-10-cm.json", { with: { type: "json" } }),
  rxnormDrugs: (): Promise<ListFile> => import("./terminology/rxnorm-drugs.json", { with: { type: "json" } }),
  rxnormIngredients: (): Promise<ListFile> =>
    import("./terminology/rxnorm-ingredients.json", { with: { type: "json" } }),
  cvx: (): Promise<ListFile> => import("./terminology/cvx.json", { with: { type: "json" } }),
} as const;

type ListName = keyof typeof files;

/** What is offered for each thing that a form asks for; earlier lists come first. */
const lists = {
  diagnosis: ["snomedProblems", "icd10cm"],
  medicine: ["rxnormDrugs", "rxnormIngredients"],
  vaccine: ["cvx"],
  allergy: ["snomedAllergies", "rxnormIngredients"],
} as const satisfies Record<string, readonly ListName[]>;

/** What a form asks for. */
export type CodedSubject = keyof typeof lists;

export const CODED_SUBJECTS: readonly CodedSubject[] = ["diagnosis", "medicine", "vaccine", "allergy"];

const SNOMED_NOTICE =
  "The SNOMED International IPS Terminology is distributed by International Health Terminology Standards Development Organisation, trading as SNOMED International, and is subject to the terms of the Creative Commons Attribution 4.0 International Public License (https://creativecommons.org/licenses/by/4.0/). This is a selection of it, release of 31 July 2022, otherwise unchanged. SNOMED International does not endorse this product. SNOMED CT® was originally created by the College of American Pathologists.";
const ICD_NOTICE =
  "ICD-10-CM, valid from 1 April 2026, is published by the National Center for Health Statistics, Centers for Disease Control and Prevention, U.S. Department of Health and Human Services, with permission of the World Health Organization, which owns the copyright of ICD-10. This is a selection of it.";
const RXNORM_NOTICE =
  "RxNorm, source abbreviation RXNORM. This product uses publicly available data from the U.S. National Library of Medicine (NLM), National Institutes of Health, Department of Health and Human Services; NLM is not responsible for the product and does not endorse or recommend this or any other product. This is a selection of it.";
const CVX_NOTICE =
  "CVX, as of 3 September 2025, is published by the Centers for Disease Control and Prevention, U.S. Department of Health and Human Services, in the public domain. This is a selection of it.";

const notices: Readonly<Record<ListName, string>> = {
  snomedProblems: SNOMED_NOTICE,
  snomedAllergies: SNOMED_NOTICE,
  icd10cm: ICD_NOTICE,
  rxnormDrugs: RXNORM_NOTICE,
  rxnormIngredients: RXNORM_NOTICE,
  cvx: CVX_NOTICE,
};

/** What whoever shows the codes for a subject says of their sources. */
export function codeNotices(subject: CodedSubject): readonly string[] {
  return [...new Set(lists[subject].map((name) => notices[name]))];
}

async function readList(name: ListName): Promise<ListedCode[]> {
  const { system, entries } = (await files[name]()).default;
  return entries.map(([code = "", display = ""]) => ({ system, code, display }));
}

/** The codes that are offered for a subject, about 900 kB for a diagnosis and at most 40 kB for the others. */
export async function loadCodes(subject: CodedSubject): Promise<readonly ListedCode[]> {
  return (await Promise.all(lists[subject].map(readList))).flat();
}
