import type {
  CareTeam,
  Device,
  HealthcareService,
  Location,
  Organization,
  Patient,
  Person,
  Practitioner,
  PractitionerRole,
  RelatedPerson,
} from "@medplum/fhirtypes";
import { type Summary, summary } from "./summary.ts";
import {
  addressText,
  codingText,
  conceptText,
  conceptTexts,
  contactText,
  humanNameText,
  identifierText,
  join,
  noteTexts,
  periodText,
  preferredName,
  referenceText,
} from "./text.ts";

export function patient(resource: Patient): Summary {
  const { deceasedBoolean, deceasedDateTime } = resource;
  const title = preferredName(resource.name);
  return summary("Patient", {
    title,
    subtitle: join(", ", [resource.birthDate, resource.gender]),
    lines: [
      ["birthDate", resource.birthDate],
      ["gender", resource.gender],
      ["deceased", deceasedDateTime ?? (deceasedBoolean === undefined ? undefined : String(deceasedBoolean))],
      ["otherName", (resource.name ?? []).map(humanNameText).filter((name) => name !== title)],
      ["contact", (resource.telecom ?? []).map(contactText)],
      ["address", (resource.address ?? []).map(addressText)],
      ["language", (resource.communication ?? []).map(({ language }) => conceptText(language))],
      ["maritalStatus", conceptText(resource.maritalStatus)],
      ["identifier", (resource.identifier ?? []).map(identifierText)],
      [
        "emergencyContact",
        (resource.contact ?? []).map((c) =>
          join(", ", [humanNameText(c.name), conceptTexts(c.relationship), ...(c.telecom ?? []).map(contactText)]),
        ),
      ],
      ["practitioner", (resource.generalPractitioner ?? []).map(referenceText)],
    ],
  });
}

export function person(resource: Practitioner | RelatedPerson | Person): Summary {
  const isRelated = resource.resourceType === "RelatedPerson";
  const qualifications = resource.resourceType === "Practitioner" ? (resource.qualification ?? []) : [];
  return summary(resource.resourceType, {
    title: preferredName(resource.name) ?? (isRelated ? conceptTexts(resource.relationship) : undefined),
    subtitle: isRelated
      ? conceptTexts(resource.relationship)
      : join(
          ", ",
          qualifications.map(({ code }) => conceptText(code)),
        ),
    lines: [
      ["contact", (resource.telecom ?? []).map(contactText)],
      ["address", [resource.address ?? []].flat().map(addressText)],
      ["identifier", (resource.identifier ?? []).map(identifierText)],
    ],
  });
}

export function practitionerRole(resource: PractitionerRole): Summary {
  return summary("PractitionerRole", {
    title:
      join(", ", [referenceText(resource.practitioner), conceptTexts(resource.code)]) ??
      conceptTexts(resource.specialty),
    subtitle: referenceText(resource.organization),
    lines: [
      ["speciality", conceptTexts(resource.specialty)],
      ["location", (resource.location ?? []).map(referenceText)],
      ["contact", (resource.telecom ?? []).map(contactText)],
    ],
  });
}

export function place(resource: Organization | Location | HealthcareService): Summary {
  return summary(resource.resourceType, {
    title:
      resource.name ??
      (resource.resourceType === "Location" ? resource.description : undefined) ??
      conceptTexts([resource.type ?? []].flat()),
    subtitle: conceptTexts([resource.type ?? []].flat()),
    status: resource.resourceType === "Location" ? resource.status : undefined,
    lines: [
      [
        "address",
        resource.resourceType === "HealthcareService" ? undefined : [resource.address ?? []].flat().map(addressText),
      ],
      ["contact", (resource.telecom ?? []).map(contactText)],
    ],
  });
}

export function careTeam(resource: CareTeam): Summary {
  const members = (resource.participant ?? []).map(({ role, member }) =>
    join(", ", [referenceText(member), conceptTexts(role)]),
  );
  return summary("CareTeam", {
    title: resource.name ?? conceptTexts(resource.category) ?? conceptTexts(resource.reasonCode),
    date: resource.period?.start,
    status: resource.status,
    lines: [
      ["participant", members],
      ["reason", conceptTexts(resource.reasonCode)],
      ["period", periodText(resource.period)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function device(resource: Device): Summary {
  return summary("Device", {
    title: resource.deviceName?.[0]?.name ?? conceptText(resource.type) ?? resource.distinctIdentifier,
    subtitle: resource.manufacturer,
    date: resource.manufactureDate,
    status: resource.status,
    lines: [
      ["lotNumber", resource.lotNumber],
      ["serialNumber", resource.serialNumber],
      ["expiry", resource.expirationDate],
      [
        "identifier",
        (resource.udiCarrier ?? []).map(({ carrierHRF, deviceIdentifier }) => carrierHRF ?? deviceIdentifier),
      ],
      ["safety", (resource.safety ?? []).map((concept) => conceptText(concept) ?? codingText(concept.coding?.[0]))],
    ],
  });
}
