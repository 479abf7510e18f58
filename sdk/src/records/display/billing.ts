import type { Claim, Coverage, ExplanationOfBenefit } from "@medplum/fhirtypes";
import { amountText } from "../money.ts";
import { type Summary, summary } from "./summary.ts";
import { conceptText, identifierText, join, moneyText, periodText, referenceText, referenceTexts } from "./text.ts";

/** A hospital's bill may have hundreds of services: so many are its title. */
const NAMED = 3;

/** What was done, what it costs and who is to pay. */
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
  const kind = join(", ", [conceptText(resource.type), resource.use]);
  const services = (resource.item ?? []).map((item) => conceptText(item.productOrService));
  return summary(resource.resourceType, {
    title: join(", ", [...new Set(services)].slice(0, NAMED)) ?? kind,
    subtitle: kind,
    date: resource.billablePeriod?.start ?? resource.created,
    value:
      first?.value === undefined
        ? undefined
        : { text: amountText(first.value, first.currency), ...(first.currency ? { unit: first.currency } : {}) },
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
    title: referenceTexts(resource.payor) ?? resource.class?.[0]?.name,
    subtitle: conceptText(resource.type),
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
