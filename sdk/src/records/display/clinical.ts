import type {
  AllergyIntolerance,
  ClinicalImpression,
  Condition,
  DiagnosticReport,
  FamilyMemberHistory,
  ImagingStudy,
  Immunization,
  Media,
  Observation,
  Procedure,
  Specimen,
} from "@medplum/fhirtypes";
import { bloodPressure } from "./pressure.ts";
import { type Summary, summary } from "./summary.ts";
import {
  codeText,
  codingText,
  conceptText,
  conceptTexts,
  join,
  noteTexts,
  periodText,
  quantityText,
  rangeText,
  referenceText,
  referenceTexts,
} from "./text.ts";
import { measuredValue, timingText, valueLine } from "./value.ts";

export function condition(resource: Condition): Summary {
  const { onsetDateTime, onsetPeriod, onsetAge, onsetString, onsetRange } = resource;
  const onset =
    onsetDateTime ?? periodText(onsetPeriod) ?? quantityText(onsetAge) ?? rangeText(onsetRange) ?? onsetString;
  const { abatementDateTime, abatementPeriod, abatementAge, abatementRange, abatementString } = resource;
  return summary("Condition", {
    title: conceptText(resource.code),
    subtitle: conceptTexts(resource.category),
    date: onsetDateTime ?? onsetPeriod?.start ?? resource.recordedDate,
    status: resource.clinicalStatus?.coding?.[0]?.code,
    lines: [
      ["code", codeText(resource.code)],
      ["verification", conceptText(resource.verificationStatus)],
      ["severity", conceptText(resource.severity)],
      ["bodySite", conceptTexts(resource.bodySite)],
      ["onset", onset],
      [
        "abatement",
        abatementDateTime ??
          periodText(abatementPeriod) ??
          quantityText(abatementAge) ??
          rangeText(abatementRange) ??
          abatementString,
      ],
      ["recorded", resource.recordedDate],
      ["asserter", referenceText(resource.asserter ?? resource.recorder)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function observation(resource: Observation): Summary {
  const value = measuredValue(resource);
  const components = (resource.component ?? []).map((component) => {
    const value = measuredValue(component);
    const title = conceptText(component.code);
    const said = valueLine(value) ?? conceptText(component.dataAbsentReason);
    const text = join(": ", [title, join(", ", [said, value?.interpretation])]);
    return text && value ? { text, measured: { ...(title ? { title } : {}), value } } : text;
  });
  return summary("Observation", {
    title: conceptText(resource.code),
    subtitle: conceptTexts(resource.category),
    date: resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.effectiveInstant ?? resource.issued,
    value: value ?? bloodPressure(resource),
    status: resource.status,
    lines: [
      ["component", components],
      ["interpretation", conceptTexts(resource.interpretation)],
      ["referenceRange", value?.range],
      ["absent", conceptText(resource.dataAbsentReason)],
      ["timing", timingText(resource.effectiveTiming)],
      ["bodySite", conceptText(resource.bodySite)],
      ["method", conceptText(resource.method)],
      ["performer", referenceTexts(resource.performer)],
      ["code", codeText(resource.code)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function diagnosticReport(resource: DiagnosticReport): Summary {
  return summary("DiagnosticReport", {
    title: conceptText(resource.code),
    subtitle: conceptTexts(resource.category),
    date: resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued,
    status: resource.status,
    lines: [
      ["conclusion", resource.conclusion],
      ["conclusion", (resource.conclusionCode ?? []).map(conceptText)],
      ["result", (resource.result ?? []).map(({ display }) => display)],
      ["attachment", (resource.presentedForm ?? []).map(({ title, contentType }) => title ?? contentType)],
      ["performer", referenceTexts(resource.performer)],
      ["issued", resource.issued],
    ],
  });
}

export function allergy(resource: AllergyIntolerance): Summary {
  const { onsetDateTime, onsetPeriod, onsetAge, onsetRange, onsetString } = resource;
  return summary("AllergyIntolerance", {
    title: conceptText(resource.code) ?? conceptText(resource.reaction?.[0]?.substance),
    subtitle: join(", ", [resource.type, ...(resource.category ?? [])]),
    date: onsetDateTime ?? onsetPeriod?.start ?? resource.recordedDate,
    status: resource.clinicalStatus?.coding?.[0]?.code,
    lines: [
      ["criticality", resource.criticality],
      [
        "reaction",
        (resource.reaction ?? []).map((r) => join(", ", [conceptTexts(r.manifestation), r.severity, r.description])),
      ],
      ["verification", conceptText(resource.verificationStatus)],
      [
        "onset",
        onsetDateTime ?? periodText(onsetPeriod) ?? quantityText(onsetAge) ?? rangeText(onsetRange) ?? onsetString,
      ],
      ["lastOccurrence", resource.lastOccurrence],
      ["code", codeText(resource.code)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function immunization(resource: Immunization): Summary {
  return summary("Immunization", {
    title: conceptText(resource.vaccineCode),
    date: resource.occurrenceDateTime,
    status: resource.status,
    lines: [
      ["occurrence", resource.occurrenceString],
      ["statusReason", conceptText(resource.statusReason)],
      [
        "dose",
        (resource.protocolApplied ?? []).map(
          (p) =>
            p.doseNumberString ?? (p.doseNumberPositiveInt === undefined ? undefined : String(p.doseNumberPositiveInt)),
        ),
      ],
      ["targetDisease", (resource.protocolApplied ?? []).map((p) => conceptTexts(p.targetDisease))],
      ["lotNumber", resource.lotNumber],
      ["manufacturer", referenceText(resource.manufacturer)],
      ["site", conceptText(resource.site)],
      ["performer", (resource.performer ?? []).map(({ actor }) => referenceText(actor))],
      ["location", referenceText(resource.location)],
      ["code", codeText(resource.vaccineCode)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function procedure(resource: Procedure): Summary {
  const { performedDateTime, performedPeriod, performedString, performedAge, performedRange } = resource;
  return summary("Procedure", {
    title: conceptText(resource.code),
    subtitle: conceptText(resource.category),
    date: performedDateTime ?? performedPeriod?.start,
    status: resource.status,
    lines: [
      [
        "performed",
        performedDateTime ??
          periodText(performedPeriod) ??
          quantityText(performedAge) ??
          rangeText(performedRange) ??
          performedString,
      ],
      ["reason", join(", ", [conceptTexts(resource.reasonCode), referenceTexts(resource.reasonReference)])],
      ["bodySite", conceptTexts(resource.bodySite)],
      ["outcome", conceptText(resource.outcome)],
      ["complication", conceptTexts(resource.complication)],
      ["performer", (resource.performer ?? []).map(({ actor }) => referenceText(actor))],
      ["location", referenceText(resource.location)],
      ["code", codeText(resource.code)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function familyHistory(resource: FamilyMemberHistory): Summary {
  return summary("FamilyMemberHistory", {
    title: join(", ", [conceptText(resource.relationship), resource.name]),
    date: resource.date,
    status: resource.status,
    lines: [
      [
        "condition",
        (resource.condition ?? []).map((c) =>
          join(", ", [conceptText(c.code), conceptText(c.outcome), c.onsetString ?? quantityText(c.onsetAge)]),
        ),
      ],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function clinicalImpression(resource: ClinicalImpression): Summary {
  return summary("ClinicalImpression", {
    title: resource.description ?? conceptText(resource.code) ?? resource.summary,
    date: resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.date,
    status: resource.status,
    lines: [
      ["summary", resource.summary],
      [
        "finding",
        (resource.finding ?? []).map((f) => conceptText(f.itemCodeableConcept) ?? referenceText(f.itemReference)),
      ],
      ["asserter", referenceText(resource.assessor)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function imagingStudy(resource: ImagingStudy): Summary {
  const series = (resource.series ?? []).map((s) =>
    join(", ", [s.description, codingText(s.modality), codingText(s.bodySite)]),
  );
  return summary("ImagingStudy", {
    title:
      resource.description ??
      conceptTexts(resource.procedureCode) ??
      join(", ", (resource.modality ?? []).map(codingText)) ??
      series[0],
    date: resource.started,
    status: resource.status,
    lines: [
      ["series", series],
      ["reason", conceptTexts(resource.reasonCode)],
      ["location", referenceText(resource.location)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function media(resource: Media): Summary {
  return summary("Media", {
    title:
      resource.content.title ??
      conceptText(resource.view) ??
      conceptText(resource.type) ??
      conceptText(resource.modality),
    date: resource.createdDateTime ?? resource.createdPeriod?.start ?? resource.issued,
    status: resource.status,
    lines: [
      ["attachment", resource.content.contentType],
      ["bodySite", conceptText(resource.bodySite)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function specimen(resource: Specimen): Summary {
  return summary("Specimen", {
    title: conceptText(resource.type),
    date:
      resource.collection?.collectedDateTime ?? resource.collection?.collectedPeriod?.start ?? resource.receivedTime,
    status: resource.status,
    lines: [
      ["bodySite", conceptText(resource.collection?.bodySite)],
      ["method", conceptText(resource.collection?.method)],
      ["note", noteTexts(resource.note)],
    ],
  });
}
