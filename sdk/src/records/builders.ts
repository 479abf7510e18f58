import type {
  ClinicalImpression,
  CodeableConcept,
  Coding,
  Condition,
  ContactPoint,
  MedicationRequest,
  Patient,
  Provenance,
  QuestionnaireResponse,
  Reference,
} from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";

/** A new resource URL, `urn:uuid:...`, by which other resources of the same Bundle may refer to it. */
export function newFullUrl(): string {
  return `urn:uuid:${crypto.randomUUID()}`;
}

/** Reference and display of a patient or an author, such as `{reference: "urn:uuid:...", display: "Dr. Ada Adeyemi"}`. */
export type Actor = Reference<never> & { reference?: string; display?: string };

/** What every written resource says. */
export interface Written {
  patient: Actor;
  author: Actor;
  /** Instant or dateTime with a time zone. */
  date: string;
}

/** The text without surrounding space. Throws `RECORD_TEXT_MISSING` when nothing is left. */
export function text(value: string, element: string): string {
  const trimmed = value.trim();
  if (trimmed === "") throw new ChartkeyError("RECORD_TEXT_MISSING", `Fill in ${element}.`, { details: { element } });
  return trimmed;
}

function optionalText(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** The element `note`, unless there is nothing to note. */
export function note(value: string | undefined): { note?: { text: string }[] } {
  const trimmed = optionalText(value);
  return trimmed === undefined ? {} : { note: [{ text: trimmed }] };
}

export interface PatientProfile {
  /** The whole name as the person writes it, in any script. */
  name: string;
  given?: string[];
  family?: string;
  /** FHIR date; may be partial. */
  birthDate?: string;
  gender?: NonNullable<Patient["gender"]>;
  phone?: string;
  email?: string;
}

/** Patient profile. Throws `RECORD_TEXT_MISSING` without a name. */
export function buildPatient(profile: PatientProfile): Patient {
  const telecom: ContactPoint[] = [];
  const phone = optionalText(profile.phone);
  const email = optionalText(profile.email);
  if (phone !== undefined) telecom.push({ system: "phone", value: phone });
  if (email !== undefined) telecom.push({ system: "email", value: email });
  return {
    resourceType: "Patient",
    id: crypto.randomUUID(),
    name: [
      {
        use: "official",
        text: text(profile.name, "name"),
        ...(profile.family ? { family: profile.family } : {}),
        ...(profile.given?.length ? { given: profile.given } : {}),
      },
    ],
    ...(telecom.length > 0 ? { telecom } : {}),
    ...(profile.gender ? { gender: profile.gender } : {}),
    ...(profile.birthDate ? { birthDate: profile.birthDate } : {}),
  };
}

/** What a patient tells before a visit: question and answer in the patient's own words. Throws `RECORD_TEXT_MISSING`. */
export function buildSymptoms(
  input: Written & { answers: { question: string; answer: string }[] },
): QuestionnaireResponse {
  const answered = input.answers.filter(({ answer }) => answer.trim() !== "");
  if (answered.length === 0)
    throw new ChartkeyError("RECORD_TEXT_MISSING", "Fill in the symptoms.", { details: { element: "answers" } });
  return {
    resourceType: "QuestionnaireResponse",
    id: crypto.randomUUID(),
    status: "completed",
    subject: input.patient,
    author: input.author,
    authored: input.date,
    item: answered.map(({ question, answer }, index) => ({
      linkId: String(index + 1),
      text: text(question, "question"),
      answer: [{ valueString: answer.trim() }],
    })),
  };
}

export interface Diagnosis extends Written {
  /** The diagnosis in words. */
  text: string;
  /** Codes of ICD-10-CM or SNOMED CT, as the author chose them. */
  coding?: Coding[];
  encounter?: Reference<never>;
  /** How sure the author is; left out when that is not said. */
  certainty?: DiagnosisCertainty;
  note?: string;
}

/** Codes of http://terminology.hl7.org/CodeSystem/condition-ver-status that an author chooses. */
export const DIAGNOSIS_CERTAINTIES = ["confirmed", "provisional"] as const;
export type DiagnosisCertainty = (typeof DIAGNOSIS_CERTAINTIES)[number];

/** Encounter diagnosis. Throws `RECORD_TEXT_MISSING`. */
export function buildDiagnosis(input: Diagnosis): Condition {
  return {
    resourceType: "Condition",
    id: crypto.randomUUID(),
    clinicalStatus: concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"),
    ...(input.certainty
      ? { verificationStatus: concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", input.certainty) }
      : {}),
    category: [concept("http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis")],
    code: coded(text(input.text, "diagnosis"), input.coding),
    subject: input.patient,
    ...(input.encounter ? { encounter: input.encounter } : {}),
    recordedDate: input.date,
    recorder: input.author,
    ...note(input.note),
  };
}

export interface Prescription extends Written {
  medicine: string;
  /** Codes of RxNorm, ATC or SNOMED CT, as the author chose them. */
  coding?: Coding[];
  /** How to take it, in words. */
  dosage: string;
  quantity?: { value: number; unit: string };
  /** How often it may be dispensed again after the first time. */
  refills?: number;
  reason?: string;
  note?: string;
}

/** An order for one medicine. Throws `RECORD_TEXT_MISSING` or `RECORD_NUMBER_INVALID`. */
export function buildPrescription(input: Prescription): MedicationRequest {
  const { quantity, refills } = input;
  if (quantity && !(quantity.value > 0 && Number.isFinite(quantity.value)))
    throw new ChartkeyError("RECORD_NUMBER_INVALID", "The quantity must be more than zero.", {
      details: { element: "quantity" },
    });
  if (refills !== undefined && !(Number.isSafeInteger(refills) && refills >= 0))
    throw new ChartkeyError("RECORD_NUMBER_INVALID", "The refills must be a whole number.", {
      details: { element: "refills" },
    });
  const dispenseRequest: NonNullable<MedicationRequest["dispenseRequest"]> = {
    ...(refills === undefined ? {} : { numberOfRepeatsAllowed: refills }),
    ...(quantity ? { quantity: { value: quantity.value, unit: text(quantity.unit, "unit") } } : {}),
  };
  const reason = optionalText(input.reason);
  return {
    resourceType: "MedicationRequest",
    id: crypto.randomUUID(),
    status: "active",
    intent: "order",
    medicationCodeableConcept: coded(text(input.medicine, "medicine"), input.coding),
    subject: input.patient,
    authoredOn: input.date,
    requester: input.author,
    ...(reason === undefined ? {} : { reasonCode: [{ text: reason }] }),
    ...note(input.note),
    dosageInstruction: [{ text: text(input.dosage, "dosage") }],
    ...(Object.keys(dispenseRequest).length > 0 ? { dispenseRequest } : {}),
  };
}

/** A note of a visit: what was found and thought, in words. Throws `RECORD_TEXT_MISSING`. */
export function buildNote(input: Written & { title: string; text: string }): ClinicalImpression {
  return {
    resourceType: "ClinicalImpression",
    id: crypto.randomUUID(),
    status: "completed",
    description: text(input.title, "title"),
    subject: input.patient,
    date: input.date,
    assessor: input.author,
    summary: text(input.text, "note"),
  };
}

/** Who wrote the resources with these URLs, and when (an instant). */
export function buildProvenance(input: { targets: string[]; author: Actor; recorded: string }): Provenance {
  return {
    resourceType: "Provenance",
    id: crypto.randomUUID(),
    target: input.targets.map((reference) => ({ reference })),
    recorded: input.recorded,
    agent: [
      {
        type: concept("http://terminology.hl7.org/CodeSystem/provenance-participant-type", "author"),
        who: input.author,
      },
    ],
  };
}

/**
 * Where resources came from that a person takes over: kept by an organization, entered by somebody there.
 *
 * @param input.targets references to them
 * @param input.recorded instant at which they were handed over
 */
export function buildSource(input: {
  targets: string[];
  organization: Actor;
  enterer: Actor;
  recorded: string;
}): Provenance {
  const system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  const { organization, enterer } = input;
  return {
    resourceType: "Provenance",
    id: crypto.randomUUID(),
    target: input.targets.map((reference) => ({ reference })),
    recorded: input.recorded,
    agent: [
      { type: concept(system, "custodian"), who: organization },
      { type: concept(system, "enterer"), who: enterer, onBehalfOf: organization },
    ],
  };
}

/** A concept that is a code alone. */
export function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] };
}

/** A concept in words, and in the codes that stand for it. */
export function coded(words: string, coding: Coding[] | undefined): CodeableConcept {
  return { ...(coding?.length ? { coding } : {}), text: words };
}
