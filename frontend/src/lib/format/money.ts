import { amountDecimals, amountText } from "@chartkey/sdk/records";

/** Decimals that every browser writes. */
const MOST_DECIMALS = 20;

/** An amount as readers of a language write it, with every digit that it has; with a currency that nobody knows, as it was written. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const decimals = amountDecimals(amount, currency);
  if (!/^[A-Z]{3}$/.test(currency) || decimals > MOST_DECIMALS)
    return `${amountText(amount, currency)} ${currency}`.trim();
  return amount.toLocaleString(locale, {
    ...{ style: "currency", currency, currencyDisplay: "code" },
    ...{ minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  });
}
