import type { Claim, Coverage, ExplanationOfBenefit } from "@medplum/fhirtypes";
import { type Summary, summary } from "./summary.ts";
import {
  conceptText,
  identifierText,
  join,
  moneyText,
  numberText,
  periodText,
  referenceText,
  referenceTexts,
} from "./text.ts";

export function claim(resource: Claim | ExplanationOfBenefit): Summary {
  const isBenefit = resource.resourceType === "ExplanationOfBenefit";
  const items = (resource.item ?? []).map((item) =>
    join(": ", [conceptText(item.productOrService), moneyText(item.net)]),
  );
  const total = isBenefit
    ? (resource.total ?? []).map(({ category, amount }) => join(": ", [conceptText(category), moneyText(amount)]))
    : [moneyText(resource.total)];
  const paid = isBenefit ? moneyText(resource.payment?.amount) : undefined;
  const first = isBenefit ? resource.total?.[0]?.amount : resource.total;
  return summary(resource.resourceType, {
    title: join(", ", [conceptText(resource.type), resource.use]),
    subtitle: (resource.item ?? [])
      .map((item) => conceptText(item.productOrService))
      .find((text) => text !== undefined),
    date: resource.billablePeriod?.start ?? resource.created,
    value:
      first?.value === undefined
        ? undefined
        : { text: numberText(first.value), ...(first.currency ? { unit: first.currency } : {}) },
    status: resource.status,
    lines: [
      ["item", items],
      ["total", total],
      ["paid", paid],
      ["outcome", isBenefit ? resource.outcome : undefined],
      ["insurer", referenceText(resource.insurer)],
      ["provider", referenceText(resource.provider)],
      ["period", periodText(resource.billablePeriod)],
    ],
  });
}

export function coverage(resource: Coverage): Summary {
  return summary("Coverage", {
    title: conceptText(resource.type) ?? resource.class?.[0]?.name ?? referenceTexts(resource.payor),
    subtitle: referenceTexts(resource.payor),
    date: resource.period?.start,
    status: resource.status,
    lines: [
      ["member", resource.subscriberId ?? identifierText(resource.identifier?.[0])],
      ["relationship", conceptText(resource.relationship)],
      ["period", periodText(resource.period)],
      ["class", (resource.class ?? []).map((c) => join(": ", [conceptText(c.type), c.name ?? c.value]))],
    ],
  });
}
