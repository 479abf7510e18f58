import { amountText } from "@chartkey/sdk/records";

/** An amount as readers of a language write it; with a currency that nobody knows, as it was written. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amountText(amount)} ${currency}`.trim();
  return amount.toLocaleString(locale, { style: "currency", currency, currencyDisplay: "code" });
}
