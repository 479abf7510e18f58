import type {
  Appointment,
  CarePlan,
  Communication,
  Encounter,
  Goal,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
  ServiceRequest,
  Task,
} from "@medplum/fhirtypes";
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
import { timingText } from "./value.ts";

export function encounter(resource: Encounter): Summary {
  return summary("Encounter", {
    title: conceptTexts(resource.type) ?? conceptText(resource.serviceType) ?? codingText(resource.class),
    subtitle: conceptTexts(resource.reasonCode) ?? referenceTexts(resource.reasonReference),
    date: resource.period?.start,
    status: resource.status,
    lines: [
      ["class", codingText(resource.class)],
      ["period", periodText(resource.period)],
      ["reason", conceptTexts(resource.reasonCode)],
      ["diagnosis", (resource.diagnosis ?? []).map(({ condition }) => referenceText(condition))],
      [
        "participant",
        (resource.participant ?? []).map(({ individual, type }) =>
          join(", ", [referenceText(individual), conceptTexts(type)]),
        ),
      ],
      ["location", (resource.location ?? []).map(({ location }) => referenceText(location))],
      ["organization", referenceText(resource.serviceProvider)],
      ["discharge", conceptText(resource.hospitalization?.dischargeDisposition)],
    ],
  });
}

export function appointment(resource: Appointment): Summary {
  return summary("Appointment", {
    title:
      resource.description ??
      conceptText(resource.appointmentType) ??
      conceptTexts(resource.serviceType) ??
      conceptTexts(resource.reasonCode),
    subtitle: conceptTexts(resource.specialty),
    date: resource.start ?? resource.requestedPeriod?.[0]?.start ?? resource.created,
    status: resource.status,
    lines: [
      [
        "period",
        periodText({
          ...(resource.start ? { start: resource.start } : {}),
          ...(resource.end ? { end: resource.end } : {}),
        }),
      ],
      ["reason", conceptTexts(resource.reasonCode)],
      [
        "participant",
        resource.participant.map(({ actor, type, status }) =>
          join(", ", [referenceText(actor) ?? conceptTexts(type), status]),
        ),
      ],
      ["comment", resource.comment],
      ["instruction", resource.patientInstruction],
    ],
  });
}

export function questionnaireResponse(resource: QuestionnaireResponse): Summary {
  return summary("QuestionnaireResponse", {
    title: resource.item?.[0]?.text ?? resource.questionnaire,
    subtitle: answersText(resource.item?.[0]),
    date: resource.authored,
    status: resource.status,
    lines: [
      ...flatten(resource.item).map((item): [string, string | undefined] => [
        "answer",
        join(": ", [item.text ?? item.linkId, answersText(item)]),
      ]),
      ["author", referenceText(resource.author)],
    ],
  });
}

function flatten(items: QuestionnaireResponseItem[] | undefined): QuestionnaireResponseItem[] {
  return (items ?? []).flatMap((item) => {
    const nested = flatten([...(item.item ?? []), ...(item.answer ?? []).flatMap((answer) => answer.item ?? [])]);
    return item.answer ? [item, ...nested] : nested;
  });
}

function answersText(item: QuestionnaireResponseItem | undefined): string | undefined {
  return join(", ", (item?.answer ?? []).map(answerText));
}

function answerText(answer: QuestionnaireResponseItemAnswer): string | undefined {
  const plain = answer.valueString ?? answer.valueDate ?? answer.valueDateTime ?? answer.valueTime ?? answer.valueUri;
  const other = answer.valueBoolean ?? answer.valueInteger ?? answer.valueDecimal;
  return (
    plain ??
    (other === undefined ? undefined : String(other)) ??
    codingText(answer.valueCoding) ??
    quantityText(answer.valueQuantity) ??
    referenceText(answer.valueReference) ??
    answer.valueAttachment?.title ??
    answer.valueAttachment?.contentType
  );
}

export function communication(resource: Communication): Summary {
  const texts = (resource.payload ?? []).map(
    (p) => p.contentString ?? p.contentAttachment?.title ?? referenceText(p.contentReference),
  );
  return summary("Communication", {
    title:
      conceptText(resource.topic) ?? conceptTexts(resource.reasonCode) ?? conceptTexts(resource.category) ?? texts[0],
    subtitle: referenceText(resource.sender),
    date: resource.sent ?? resource.received,
    status: resource.status,
    lines: [
      ["sender", referenceText(resource.sender)],
      ["recipient", (resource.recipient ?? []).map(referenceText)],
      ["inResponseTo", [...(resource.inResponseTo ?? []), ...(resource.basedOn ?? [])].map(referenceText)],
      ["message", texts],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function serviceRequest(resource: ServiceRequest): Summary {
  return summary("ServiceRequest", {
    title: conceptText(resource.code) ?? conceptTexts(resource.orderDetail) ?? conceptTexts(resource.category),
    subtitle: conceptTexts(resource.category),
    date: resource.occurrenceDateTime ?? resource.occurrencePeriod?.start ?? resource.authoredOn,
    status: resource.status,
    lines: [
      ["intent", resource.intent],
      ["priority", resource.priority],
      ["quantity", quantityText(resource.quantityQuantity) ?? rangeText(resource.quantityRange)],
      ["timing", timingText(resource.occurrenceTiming)],
      ["reason", join(", ", [conceptTexts(resource.reasonCode), referenceTexts(resource.reasonReference)])],
      ["requester", referenceText(resource.requester)],
      // Whoever is asked has not performed anything yet.
      ["recipient", referenceTexts(resource.performer)],
      ["instruction", resource.patientInstruction],
      ["code", codeText(resource.code)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function carePlan(resource: CarePlan): Summary {
  const categories = (resource.category ?? []).map(conceptText);
  return summary("CarePlan", {
    title: resource.title ?? resource.description ?? categories.at(-1),
    subtitle: resource.title === undefined ? undefined : join(", ", categories),
    date: resource.period?.start ?? resource.created,
    status: resource.status,
    lines: [
      ["intent", resource.intent],
      [
        "activity",
        (resource.activity ?? []).map(({ detail, reference }) =>
          join(", ", [conceptText(detail?.code) ?? detail?.description ?? referenceText(reference), detail?.status]),
        ),
      ],
      ["goal", (resource.goal ?? []).map(({ display }) => display)],
      ["addresses", (resource.addresses ?? []).map(({ display }) => display)],
      ["period", periodText(resource.period)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function goal(resource: Goal): Summary {
  return summary("Goal", {
    title: conceptText(resource.description),
    date: resource.startDate ?? resource.statusDate,
    status: resource.lifecycleStatus,
    lines: [
      ["achievement", conceptText(resource.achievementStatus)],
      [
        "target",
        (resource.target ?? []).map((t) =>
          join(": ", [
            conceptText(t.measure),
            quantityText(t.detailQuantity) ??
              rangeText(t.detailRange) ??
              t.detailString ??
              conceptText(t.detailCodeableConcept) ??
              t.dueDate,
          ]),
        ),
      ],
      ["addresses", (resource.addresses ?? []).map(({ display }) => display)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function task(resource: Task): Summary {
  return summary("Task", {
    title: resource.description ?? conceptText(resource.code),
    date: resource.authoredOn ?? resource.executionPeriod?.start,
    status: resource.status,
    lines: [
      ["intent", resource.intent],
      ["requester", referenceText(resource.requester)],
      ["owner", referenceText(resource.owner)],
      ["reason", conceptText(resource.statusReason) ?? conceptText(resource.reasonCode)],
      ["note", noteTexts(resource.note)],
    ],
  });
}
