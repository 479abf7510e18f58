import { currencyDecimals } from "@chartkey/sdk/records";
import { latinDigits } from "./decimal.ts";

const AMOUNT = /^(\d+)(?:([.,])(\d+))?$/;
const THOUSANDS = /^[1-9]\d{0,2}$/;
/** Digits that a number keeps exactly. */
const MOST_DIGITS = 15;

function decimalSeparator(locale: string): string | undefined {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(0.5);
  return parts.find(({ type }) => type === "decimal")?.value;
}

/**
 * Reads an amount of money with a point or comma before its decimals. Undefined for what is none of that currency, and for what could be
 * read as thousands: 1.000 is an amount only in a currency of three decimals, and where the locale writes decimals so.
 */
export function parseAmount(typed: string, currency: string, locale: string): number | undefined {
  const [, whole = "", separator, decimals = ""] = AMOUNT.exec(latinDigits(typed)) ?? [];
  if (whole === "" || decimals.length > currencyDecimals(currency)) return undefined;
  const couldBeThousands = decimals.length === 3 && THOUSANDS.test(whole) && !typed.includes("٫");
  if (couldBeThousands && separator !== decimalSeparator(locale)) return undefined;
  return whole.length + decimals.length > MOST_DIGITS ? undefined : Number(`${whole}.${decimals}`);
}
