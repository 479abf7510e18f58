import type {
  AllergyIntolerance,
  Coding,
  Communication,
  DiagnosticReport,
  Immunization,
  ServiceRequest,
} from "@medplum/fhirtypes";
import { type Actor, type Written, coded, concept, note, text } from "./builders.ts";

/** A result in words, such as that of an examination. Throws `RECORD_TEXT_MISSING`. */
export function buildReport(input: Written & { title: string; conclusion: string }): DiagnosticReport {
  return {
    resourceType: "DiagnosticReport",
    id: crypto.randomUUID(),
    status: "final",
    code: { text: text(input.title, "title") },
    subject: input.patient,
    effectiveDateTime: input.date,
    performer: [input.author],
    conclusion: text(input.conclusion, "conclusion"),
  };
}

export interface Vaccination extends Written {
  vaccine: string;
  /** Codes of CVX, as the author chose them. */
  coding?: Coding[];
  note?: string;
}

/** A vaccination that was given. Throws `RECORD_TEXT_MISSING`. */
export function buildImmunization(input: Vaccination): Immunization {
  return {
    resourceType: "Immunization",
    id: crypto.randomUUID(),
    status: "completed",
    vaccineCode: coded(text(input.vaccine, "vaccine"), input.coding),
    patient: input.patient,
    occurrenceDateTime: input.date,
    performer: [{ actor: input.author }],
    ...note(input.note),
  };
}

export interface Allergy extends Written {
  /** What the patient reacts to, or the allergy, in words. */
  substance: string;
  /** Codes of SNOMED CT or RxNorm, as the author chose them. */
  coding?: Coding[];
  /** The reaction, and whatever else is known. */
  note?: string;
}

/** An allergy or intolerance that the patient has. Throws `RECORD_TEXT_MISSING`. */
export function buildAllergy(input: Allergy): AllergyIntolerance {
  return {
    resourceType: "AllergyIntolerance",
    id: crypto.randomUUID(),
    clinicalStatus: concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active"),
    code: coded(text(input.substance, "substance"), input.coding),
    patient: input.patient,
    recordedDate: input.date,
    recorder: input.author,
    ...note(input.note),
  };
}

/**
 * A referral, or the wish for a second opinion. Throws `RECORD_TEXT_MISSING`.
 * @param input.performer who is asked to see the patient, when that is known
 *   (https://hl7.org/fhir/R4/servicerequest-definitions.html#ServiceRequest.performer)
 */
export function buildReferral(input: Written & { title: string; reason: string; performer?: Actor }): ServiceRequest {
  return {
    resourceType: "ServiceRequest",
    id: crypto.randomUUID(),
    status: "active",
    intent: "order",
    code: { text: text(input.title, "title") },
    subject: input.patient,
    authoredOn: input.date,
    requester: input.author,
    ...(input.performer ? { performer: [input.performer] } : {}),
    reasonCode: [{ text: text(input.reason, "reason") }],
  };
}

/** The record that a message answers: a message, or a request such as a referral. */
export interface Answered {
  resourceType: "Communication" | "ServiceRequest";
  /** `recordUrl` of it. */
  reference: string;
  /** What it is called. */
  display: string;
}

/** FHIR R4 has a message answer a message by `inResponseTo`, and fulfil a request by `basedOn`. */
function answering({ resourceType: type, reference, display }: Answered): Partial<Communication> {
  const to = { reference, type, display };
  return type === "Communication" ? { inResponseTo: [to] } : { basedOn: [to] };
}

export interface Message extends Written {
  recipients: Actor[];
  title: string;
  text: string;
  answers?: Answered;
}

/** A message between a patient and doctors, or among doctors about a patient. Throws `RECORD_TEXT_MISSING`. */
export function buildMessage(input: Message): Communication {
  return {
    resourceType: "Communication",
    id: crypto.randomUUID(),
    ...(input.answers ? answering(input.answers) : {}),
    status: "completed",
    topic: { text: text(input.title, "title") },
    subject: input.patient,
    sent: input.date,
    sender: input.author,
    recipient: input.recipients,
    payload: [{ contentString: text(input.text, "message") }],
  };
}

/** The records that a message says to answer, by the URLs that its author wrote. */
export function answeredBy({ inResponseTo = [], basedOn = [] }: Communication): string[] {
  return [...inResponseTo, ...basedOn].flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
}
