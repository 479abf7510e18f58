import type {
  AllergyIntolerance,
  Bundle,
  BundleEntry,
  CodeableConcept,
  Composition,
  Condition,
  Flag,
  Observation,
  Patient,
  Resource,
} from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { isJsonObject } from "./references.ts";
import type { Validator } from "./validate.ts";

/** What an emergency asks for first. */
export const EMERGENCY_KINDS = ["allergy", "medication", "diagnosis"] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/** A resource of the chart that the set shows. */
export interface EmergencyItem {
  /** Names the record that it comes from; unique in its set. */
  url: string;
  kind: EmergencyKind;
  resource: Resource;
}

/** What the person says beside the chart; nothing of it has to be said. */
export interface EmergencyDetails {
  name?: string;
  /** FHIR date; may be partial. */
  birthDate?: string;
  bloodGroup?: string;
  /** Whom to call. */
  contact?: { name?: string; phone: string };
  /** In the person's own words. */
  note?: string;
}

/** What helps somebody who treats a person that cannot speak. */
export interface EmergencySet {
  details: EmergencyDetails;
  items: EmergencyItem[];
  /** When it was put together: an instant. */
  date: string;
}

/** A set as it was read. */
export interface ReadEmergencySet extends EmergencySet {
  /** Entries that are in it and cannot be shown: it is not complete here. */
  unreadable: number;
}

/** Longest of each of the person's own texts, in characters. */
export const MAX_EMERGENCY_TEXT = 500;

const OVER = new Set(["inactive", "resolved", "remission"]);
const WRONG = new Set(["entered-in-error", "refuted"]);
const STOPPED = new Set(["completed", "stopped", "cancelled", "draft", "entered-in-error", "not-taken"]);
const SECTIONS: Readonly<Record<EmergencyKind, [code: string, title: string]>> = {
  allergy: ["48765-2", "Allergies and intolerances"],
  medication: ["10160-0", "Medication"],
  diagnosis: ["11450-4", "Problems"],
};

function codesOf(concept: CodeableConcept | undefined): string[] {
  return (concept?.coding ?? []).flatMap(({ code }) => (code === undefined ? [] : [code]));
}

function applies({ clinicalStatus, verificationStatus }: AllergyIntolerance | Condition): boolean {
  return (
    !codesOf(clinicalStatus).some((code) => OVER.has(code)) &&
    !codesOf(verificationStatus).some((code) => WRONG.has(code))
  );
}

/** What a valid resource is in an emergency; undefined for what is over, wrong, or of no help at once. */
export function emergencyKind(resource: Resource): EmergencyKind | undefined {
  switch (resource.resourceType) {
    case "AllergyIntolerance":
      return applies(resource) ? "allergy" : undefined;
    case "Condition":
      return applies(resource) ? "diagnosis" : undefined;
    case "MedicationRequest":
    case "MedicationStatement":
      return STOPPED.has(resource.status ?? "") ? undefined : "medication";
    default:
      return undefined;
  }
}

function patientOf({ name, birthDate, contact }: EmergencyDetails): Patient {
  return {
    resourceType: "Patient",
    ...(name === undefined ? {} : { name: [{ text: name }] }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(contact === undefined
      ? {}
      : {
          contact: [
            {
              ...(contact.name === undefined ? {} : { name: { text: contact.name } }),
              telecom: [{ system: "phone", value: contact.phone }],
            },
          ],
        }),
  };
}

function ownEntries({ bloodGroup, note }: EmergencyDetails, subject: { reference: string }): BundleEntry[] {
  const group: Observation = {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "882-1" }], text: "Blood group" },
    subject,
    valueCodeableConcept: { text: bloodGroup ?? "" },
  };
  const flag: Flag = { resourceType: "Flag", status: "active", code: { text: note ?? "" }, subject };
  return [
    ...(bloodGroup === undefined ? [] : [{ fullUrl: newUrl(), resource: group }]),
    ...(note === undefined ? [] : [{ fullUrl: newUrl(), resource: flag }]),
  ];
}

/** Elements in which a record names its person: as whom it is about, as who wrote it, or in words made by a program. */
const NAMING = new Set([
  ...["patient", "subject", "recorder", "asserter", "requester", "performer", "informationSource"],
  ...["text", "identifier", "contained", "note"],
]);

/** A resource about the set's own person, without those who are named in it: the person decides whether the set says a name. */
function withoutName(resource: Resource, subject: { reference: string }): Resource {
  const kept = Object.entries(resource).filter(([element]) => !NAMING.has(element));
  const { contained, note } = resource as { contained?: Resource[]; note?: { text?: string }[] };
  const medicines = contained?.filter(({ resourceType }) => resourceType === "Medication") ?? [];
  const words = note?.flatMap(({ text }) => (text === undefined ? [] : [{ text }])) ?? [];
  return {
    ...Object.fromEntries(kept),
    ...(medicines.length === 0 ? {} : { contained: medicines }),
    ...(words.length === 0 ? {} : { note: words }),
    ...(resource.resourceType === "AllergyIntolerance" ? { patient: subject } : { subject }),
  } as unknown as Resource;
}

const newUrl = () => `urn:uuid:${crypto.randomUUID()}`;

/** The set as a FHIR document, laid out like an International Patient Summary (LOINC 60591-5). */
export function buildEmergencySet({ details, items, date }: EmergencySet): Bundle {
  const person = { fullUrl: newUrl(), resource: patientOf(details) };
  const subject = { reference: person.fullUrl };
  const section = EMERGENCY_KINDS.flatMap((kind) => {
    const entry = items.filter((item) => item.kind === kind).map(({ url }) => ({ reference: url }));
    const [code, title] = SECTIONS[kind];
    return entry.length === 0 ? [] : [{ title, code: { coding: [{ system: "http://loinc.org", code }] }, entry }];
  });
  const composition: Composition = {
    resourceType: "Composition",
    status: "final",
    type: { coding: [{ system: "http://loinc.org", code: "60591-5" }] },
    subject,
    date,
    author: [subject],
    title: "Emergency set",
    ...(section.length === 0 ? {} : { section }),
  };
  return {
    resourceType: "Bundle",
    identifier: { system: "urn:ietf:rfc:3986", value: newUrl() },
    type: "document",
    timestamp: date,
    entry: [
      { fullUrl: newUrl(), resource: composition },
      person,
      ...ownEntries(details, subject),
      ...items.map(({ url, resource }) => ({ fullUrl: url, resource: withoutName(resource, subject) })),
    ],
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, MAX_EMERGENCY_TEXT) : undefined;
}

/** The parts that are there. */
function present<T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

function contactOf({ contact }: Patient): EmergencyDetails["contact"] {
  const phone = textOf(contact?.[0]?.telecom?.[0]?.value);
  return phone === undefined ? undefined : present({ name: textOf(contact?.[0]?.name?.text), phone });
}

function detailsOf(resources: readonly Resource[]): EmergencyDetails {
  const person = resources.find((resource) => resource.resourceType === "Patient");
  const group = resources.find(
    (resource): resource is Observation =>
      resource.resourceType === "Observation" && codesOf(resource.code).includes("882-1"),
  );
  const flag = resources.find((resource) => resource.resourceType === "Flag");
  return present<EmergencyDetails>({
    name: textOf(person?.name?.[0]?.text),
    birthDate: textOf(person?.birthDate),
    bloodGroup: textOf(group?.valueCodeableConcept?.text),
    contact: person && contactOf(person),
    note: textOf(flag?.code?.text),
  });
}

/** What a set holds beside its items. */
const OTHERS = new Set(["Composition", "Patient", "Observation", "Flag"]);

/**
 * Reads a set. What cannot be shown, because it is no valid FHIR or says that it is over, is counted. Throws
 * `EMERGENCY_SET_MALFORMED` for what is no document.
 */
export function readEmergencySet(document: unknown, validator: Validator): ReadEmergencySet {
  const { resourceType, type, timestamp, entry } = isJsonObject(document) ? document : {};
  if (resourceType !== "Bundle" || type !== "document" || typeof timestamp !== "string" || !Array.isArray(entry))
    throw new ChartkeyError(
      "EMERGENCY_SET_MALFORMED",
      "This emergency set is damaged: the program that wrote it wrote it wrongly. Do not rely on it.",
    );
  const resources: Resource[] = [];
  const items: EmergencyItem[] = [];
  for (const each of entry as unknown[]) {
    const { fullUrl, resource } = isJsonObject(each) ? each : {};
    const known = isJsonObject(resource) && validator.isResourceType(resource["resourceType"]);
    const valid =
      known && typeof fullUrl === "string" && validator.validate(resource as unknown as Resource).length === 0;
    if (!valid) continue;
    resources.push(resource as unknown as Resource);
    const kind = emergencyKind(resource as unknown as Resource);
    if (kind !== undefined) items.push({ url: fullUrl, kind, resource: resource as unknown as Resource });
  }
  const shown = items.length + resources.filter((resource) => OTHERS.has(resource.resourceType)).length;
  return { details: detailsOf(resources), items, date: timestamp, unreadable: entry.length - shown };
}
