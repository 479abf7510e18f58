import type {
  AuditEvent,
  Binary,
  Composition,
  CompositionSection,
  Consent,
  DocumentReference,
  Provenance,
} from "@medplum/fhirtypes";
import { type Summary, summary } from "./summary.ts";
import { codingText, conceptText, conceptTexts, join, periodText, referenceText, referenceTexts } from "./text.ts";

export function composition(resource: Composition): Summary {
  return summary("Composition", {
    title: resource.title,
    subtitle: conceptText(resource.type),
    date: resource.date,
    status: resource.status,
    lines: [
      ["author", referenceTexts(resource.author)],
      ["section", sectionTexts(resource.section)],
      ["organization", referenceText(resource.custodian)],
    ],
  });
}

/** Titles of the sections; their narratives are HTML and left to a viewer that cleans it. */
function sectionTexts(sections: CompositionSection[] | undefined): (string | undefined)[] {
  return (sections ?? []).flatMap(({ title, code, emptyReason, section }) => [
    join(": ", [title ?? conceptText(code), conceptText(emptyReason)]),
    ...sectionTexts(section),
  ]);
}

export function documentReference(resource: DocumentReference): Summary {
  const attachments = resource.content.map(({ attachment }) => attachment);
  return summary("DocumentReference", {
    title: resource.description ?? attachments.find(({ title }) => title)?.title ?? conceptText(resource.type),
    subtitle: conceptText(resource.type) ?? conceptTexts(resource.category),
    date: resource.context?.period?.start ?? resource.date ?? attachments[0]?.creation,
    status: resource.status,
    lines: [
      ["attachment", attachments.map(({ title, contentType }) => join(", ", [title, contentType]))],
      ["author", referenceTexts(resource.author)],
      ["organization", referenceText(resource.custodian)],
      ["period", periodText(resource.context?.period)],
    ],
  });
}

export function binary(resource: Binary): Summary {
  return summary("Binary", { title: resource.contentType });
}

export function consent(resource: Consent): Summary {
  return summary("Consent", {
    title: conceptTexts(resource.category) ?? conceptText(resource.scope),
    subtitle: conceptText(resource.scope),
    date: resource.dateTime,
    status: resource.status,
    lines: [
      ["decision", resource.provision?.type],
      ["period", periodText(resource.provision?.period)],
      ["policy", conceptText(resource.policyRule)],
      ["organization", referenceTexts(resource.organization)],
    ],
  });
}

export function provenance(resource: Provenance): Summary {
  return summary("Provenance", {
    title: conceptText(resource.activity),
    date: resource.occurredDateTime ?? resource.occurredPeriod?.start ?? resource.recorded,
    lines: [
      ["author", resource.agent.map(({ who, type }) => join(", ", [referenceText(who), conceptText(type)]))],
      ["reason", conceptTexts(resource.reason)],
    ],
  });
}

export function auditEvent(resource: AuditEvent): Summary {
  return summary("AuditEvent", {
    title: join(", ", (resource.subtype ?? []).map(codingText)) ?? codingText(resource.type),
    subtitle: codingText(resource.type),
    date: resource.recorded,
    lines: [
      ["outcome", resource.outcomeDesc],
      ["author", resource.agent.map(({ name, who }) => name ?? referenceText(who))],
      ["entity", (resource.entity ?? []).map(({ name, description }) => name ?? description)],
    ],
  });
}
