import { utf8 } from "@chartkey/sdk";
import {
  buildBill,
  canonicalJson,
  CURRENCIES,
  sumAmounts,
  type Actor,
  type BilledService,
} from "@chartkey/sdk/records";
import { parseAmount } from "../../../lib/format/amount.ts";

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

/** What the bill comes to; undefined while an amount cannot be read. */
export function totalOf({ services, currency }: BillValues, locale: string): number | undefined {
  const amounts = services.map(({ amount }) => parseAmount(amount, currency, locale));
  const isRead = (amount: number | undefined): amount is number => amount !== undefined;
  return amounts.every(isRead) ? sumAmounts(amounts) : undefined;
}

/** The currencies by code and name, in the reader's language. */
export function currencyOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return CURRENCIES.map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }));
}

/** The bill as bytes of a FHIR Bundle, its amounts as that reader writes them. Every field has been checked by the form. */
export function encodeBill(
  people: { patient: Actor; author: Actor },
  values: BillValues,
  { date, locale }: { date: string; locale: string },
): Uint8Array {
  const services = values.services.map(({ text, amount }): BilledService => {
    return { text, amount: parseAmount(amount, values.currency, locale) ?? Number.NaN };
  });
  return utf8(canonicalJson(buildBill({ ...people, ...values, services, date })));
}
