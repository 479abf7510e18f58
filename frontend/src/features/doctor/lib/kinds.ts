import {
  buildAllergy,
  buildDiagnosis,
  buildImmunization,
  buildMessage,
  buildNote,
  buildReferral,
  buildReport,
  categories,
  type Actor,
  type CodedSubject,
  type DiagnosisCertainty,
  type ListedCode,
} from "@chartkey/sdk/records";
import type { RecordCategory } from "../../../lib/format/categories.ts";

/** What a doctor writes in words, some of it with a code. */
export const kinds = ["diagnosis", "allergy", "note", "result", "immunization", "referral", "message"] as const;
export type Kind = (typeof kinds)[number];

export interface Words {
  title: string;
  /** What the title was chosen as; null when it is in words alone. */
  coding: ListedCode | null;
  text: string;
  /** Of a diagnosis; empty when it is not said. */
  certainty: DiagnosisCertainty | "";
  /** Of a referral: `doctorValue` of who is asked; empty when nobody is named. */
  colleague: string;
}

interface Written {
  patient: Actor;
  author: Actor;
  date: string;
}

/** Whom an entry is addressed to, as records name them. */
interface Addressed {
  patient: Actor;
  colleague: Actor | undefined;
}

interface KindOf {
  readonly category: RecordCategory;
  /** Whether it says nothing without its text. */
  readonly needsText: boolean;
  /** What its title may be chosen from. */
  readonly subject?: CodedSubject;
  readonly build: (written: Written, words: Words, addressed: Addressed) => unknown;
}

const codingOf = ({ coding }: Words) => (coding ? { coding: [coding] } : {});

/** Category and FHIR resource of each. */
export const kindTable: Readonly<Record<Kind, KindOf>> = {
  diagnosis: {
    category: categories.diagnosis,
    needsText: false,
    subject: "diagnosis",
    build: (written, words) =>
      buildDiagnosis({
        ...{ ...written, ...codingOf(words), text: words.title, note: words.text },
        ...(words.certainty === "" ? {} : { certainty: words.certainty }),
      }),
  },
  allergy: {
    category: categories.history,
    needsText: false,
    subject: "allergy",
    build: (written, words) =>
      buildAllergy({ ...written, ...codingOf(words), substance: words.title, note: words.text }),
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
    subject: "vaccine",
    build: (written, words) =>
      buildImmunization({ ...written, ...codingOf(words), vaccine: words.title, note: words.text }),
  },
  referral: {
    category: categories.correspondence,
    needsText: true,
    build: (written, { title, text }, { colleague }) =>
      buildReferral({ ...written, title, reason: text, ...(colleague ? { performer: colleague } : {}) }),
  },
  message: {
    category: categories.correspondence,
    needsText: true,
    build: (written, { title, text }, { patient }) => buildMessage({ ...written, title, text, recipients: [patient] }),
  },
};

/** The kind of an address, if it names one. */
export function toKind(text: string | undefined): Kind | undefined {
  return kinds.find((kind) => kind === text);
}
