import {
  buildDiagnosis,
  buildImmunization,
  buildMessage,
  buildNote,
  buildReferral,
  buildReport,
  categories,
  type Actor,
  type DiagnosisCertainty,
} from "@chartkey/sdk/records";
import type { RecordCategory } from "../../../lib/format/categories.ts";

/** What a doctor writes in words. */
export const kinds = ["diagnosis", "note", "result", "immunization", "referral", "message"] as const;
export type Kind = (typeof kinds)[number];

export interface Words {
  title: string;
  text: string;
  /** Of a diagnosis; empty when it is not said. */
  certainty: DiagnosisCertainty | "";
}

interface Written {
  patient: Actor;
  author: Actor;
  date: string;
}

interface KindOf {
  readonly category: RecordCategory;
  /** Whether it says nothing without its text. */
  readonly needsText: boolean;
  /** @param identifier of the patient, for what is addressed to him */
  readonly build: (written: Written, words: Words, identifier: NonNullable<Actor["identifier"]>) => unknown;
}

/** Category and FHIR resource of each. */
export const kindTable: Readonly<Record<Kind, KindOf>> = {
  diagnosis: {
    category: categories.diagnosis,
    needsText: false,
    build: (written, { title, text, certainty }) =>
      buildDiagnosis({ ...written, text: title, note: text, ...(certainty === "" ? {} : { certainty }) }),
  },
  note: {
    category: categories.notes,
    needsText: true,
    build: (written, { title, text }) => buildNote({ ...written, title, text }),
  },
  result: {
    category: categories.results,
    needsText: true,
    build: (written, { title, text }) => buildReport({ ...written, title, conclusion: text }),
  },
  immunization: {
    category: categories.immunization,
    needsText: false,
    build: (written, { title, text }) => buildImmunization({ ...written, vaccine: title, note: text }),
  },
  referral: {
    category: categories.correspondence,
    needsText: true,
    build: (written, { title, text }) => buildReferral({ ...written, title, reason: text }),
  },
  message: {
    category: categories.correspondence,
    needsText: true,
    build: (written, { title, text }, identifier) =>
      buildMessage({ ...written, title, text, recipients: [{ ...written.patient, identifier }] }),
  },
};

/** The kind of an address, if it names one. */
export function toKind(text: string | undefined): Kind | undefined {
  return kinds.find((kind) => kind === text);
}
