import type { Bundle, Claim, Coverage, Money } from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { type Written, newFullUrl, text } from "./builders.ts";
import { buildBundle } from "./import.ts";
import { CURRENCIES, currencyDecimals, sumAmounts } from "./money.ts";

/** What was done, and what it costs. */
export interface BilledService {
  text: string;
  amount: number;
}

export interface Bill extends Written {
  services: readonly BilledService[];
  /** ISO 4217. */
  currency: string;
  /** FHIR date of the day on which it was done. */
  served: string;
  /** Who is to pay; the patient when there is none. */
  insurer?: string;
  /** The patient's number at the insurer. */
  member?: string;
}

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

const invalid = (element: string, message: string) =>
  new ChartkeyError("RECORD_NUMBER_INVALID", message, { details: { element } });

function requireAmount({ amount }: BilledService, currency: string): void {
  const isWhole = Number(amount.toFixed(currencyDecimals(currency))) === amount;
  if (!Number.isFinite(amount) || amount < 0 || !isWhole)
    throw invalid("amount", `An amount must be zero or more, with no more decimals than ${currency} has.`);
}

function coverageOf({ patient, insurer, member, served }: Bill): Coverage {
  const insured = { coding: [{ system: `${TERMINOLOGY}/v3-ActCode`, code: "EHCPOL" }] };
  const selfPay = { coding: [{ system: `${TERMINOLOGY}/coverage-selfpay`, code: "pay" }] };
  return {
    resourceType: "Coverage",
    id: crypto.randomUUID(),
    status: "active",
    beneficiary: patient,
    ...(insurer
      ? { type: insured, ...(member ? { subscriberId: member } : {}), payor: [{ display: insurer }] }
      : { type: selfPay, payor: [patient], period: { start: served } }),
  };
}

/**
 * A bill: a Claim, and the Coverage that says who is to pay it, as one record. Throws `RECORD_TEXT_MISSING` without a service, and
 * `RECORD_NUMBER_INVALID` for what is no amount of its currency.
 */
export function buildBill(input: Bill): Bundle {
  const { services, currency, served, patient, author, date } = input;
  if (!CURRENCIES.includes(currency)) throw invalid("currency", "Choose a currency of ISO 4217.");
  if (services.length === 0) text("", "a service");
  for (const service of services) requireAmount(service, currency);
  const named = { ...input, insurer: input.insurer?.trim() ?? "", member: input.member?.trim() ?? "" };
  const coverage = { fullUrl: newFullUrl(), resource: coverageOf(named) };
  const money = (value: number): Money => ({ value, currency: currency as NonNullable<Money["currency"]> });
  const claim: Claim = {
    resourceType: "Claim",
    id: crypto.randomUUID(),
    status: "active",
    type: { coding: [{ system: `${TERMINOLOGY}/claim-type`, code: "professional" }] },
    use: "claim",
    patient,
    billablePeriod: { start: served, end: served },
    created: date,
    ...(named.insurer ? { insurer: { display: named.insurer } } : {}),
    provider: author,
    priority: { coding: [{ system: `${TERMINOLOGY}/processpriority`, code: "normal" }] },
    insurance: [{ sequence: 1, focal: true, coverage: { reference: coverage.fullUrl } }],
    item: services.map((service, index) => ({
      sequence: index + 1,
      productOrService: { text: text(service.text, "service") },
      servicedDate: served,
      net: money(service.amount),
    })),
    total: money(sumAmounts(services.map(({ amount }) => amount))),
  };
  return buildBundle([{ fullUrl: newFullUrl(), resource: claim }, coverage], { timestamp: date });
}
