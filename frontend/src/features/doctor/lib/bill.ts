import { utf8 } from "@chartkey/sdk";
import {
  buildBill,
  canonicalJson,
  CURRENCIES,
  currencyDecimals,
  sumAmounts,
  type Actor,
  type BilledService,
} from "@chartkey/sdk/records";
import { parseDecimal } from "../../../lib/format/decimal.ts";

/** What the form of a bill holds, as it is typed. */
export interface BillValues {
  readonly services: readonly { readonly text: string; readonly amount: string }[];
  readonly currency: string;
  /** Of a field for a date. */
  readonly served: string;
  readonly insurer: string;
  readonly member: string;
}

/** Services of one bill at most, so that it can be read. */
export const MOST_SERVICES = 30;

/** What is offered to choose from; anything else can be written. */
export const OFFERED_SERVICES = [
  ...(["consultation", "followUp", "remote", "laboratory", "imaging", "ecg"] as const),
  ...(["vaccination", "procedure", "therapy", "certificate", "stay"] as const),
] as const;

export function emptyBill(served: string): BillValues {
  return { services: [{ text: "", amount: "" }], currency: "", served, insurer: "", member: "" };
}

/** An amount as it was typed; undefined when it is none of that currency. */
export function parseAmount(typed: string, currency: string): number | undefined {
  const parsed = parseDecimal(typed);
  if (!parsed || parsed.comparator !== undefined || parsed.value < 0) return undefined;
  return Number(parsed.value.toFixed(currencyDecimals(currency))) === parsed.value ? parsed.value : undefined;
}

/** What the bill comes to; undefined while an amount cannot be read. */
export function totalOf({ services, currency }: BillValues): number | undefined {
  const amounts = services.map(({ amount }) => parseAmount(amount, currency));
  const isRead = (amount: number | undefined): amount is number => amount !== undefined;
  return amounts.every(isRead) ? sumAmounts(amounts) : undefined;
}

/** The currencies by code and name, in the reader's language. */
export function currencyOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return CURRENCIES.map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }));
}

/** The bill as bytes of a FHIR Bundle. Every field has been checked by the form. */
export function encodeBill(people: { patient: Actor; author: Actor }, values: BillValues, date: string): Uint8Array {
  const services = values.services.map(({ text, amount }): BilledService => {
    return { text, amount: parseAmount(amount, values.currency) ?? Number.NaN };
  });
  return utf8(canonicalJson(buildBill({ ...people, ...values, services, date })));
}
