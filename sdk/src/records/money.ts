/** Currencies in use, by their ISO 4217 codes. */
export const CURRENCIES: readonly string[] = [
  ..."AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF".split(
    " ",
  ),
  ..."CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD".split(
    " ",
  ),
  ..."HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL".split(
    " ",
  ),
  ..."LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP".split(
    " ",
  ),
  ..."PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT".split(
    " ",
  ),
  ..."TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split(" "),
];

const USUAL_DECIMALS = 2;

/**
 * Currencies without 2 decimals, by their number of decimals: minor units of ISO 4217, list one (six-group.com, data standards). What browsers
 * know (CLDR) is how prices are usually shown: none for PKR or HUF, whose amounts have 2.
 */
const OTHER_DECIMALS: Readonly<Record<number, readonly string[]>> = {
  0: ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"],
  3: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"],
};

/** What `toFixed` can write. */
const MOST_DECIMALS = 100;

/** How many decimals amounts in a currency have (ISO 4217): 2 for EUR, none for JPY, 3 for KWD. */
export function currencyDecimals(currency: string): number {
  const found = Object.entries(OTHER_DECIMALS).find(([, currencies]) => currencies.includes(currency));
  return found ? Number(found[0]) : USUAL_DECIMALS;
}

/** How many decimals the amount itself has: 1 for 120.5. */
function ownDecimals(amount: number): number {
  const [digits = "", exponent] = amount.toExponential().split("e");
  const decimals = (digits.split(".")[1] ?? "").length - Number(exponent);
  return Math.min(MOST_DECIMALS, Math.max(0, decimals));
}

/** How many decimals an amount is shown with: those of its currency, and more where it has more. */
export function amountDecimals(amount: number, currency = ""): number {
  return Math.max(ownDecimals(amount), currencyDecimals(currency));
}

/** The sum of finite amounts of one currency, without the remainders of binary fractions. */
export function sumAmounts(amounts: readonly number[]): number {
  const decimals = amounts.reduce((most, amount) => Math.max(most, ownDecimals(amount)), 0);
  const units = (amount: number) =>
    Number.isSafeInteger(Math.trunc(amount))
      ? BigInt(amount.toFixed(decimals).replace(".", ""))
      : BigInt(Math.trunc(amount)) * 10n ** BigInt(decimals);
  return Number(`${amounts.reduce((sum, amount) => sum + units(amount), 0n)}e-${decimals}`);
}

/** An amount with the decimals of its currency, and more where it has more: `120.50`. */
export function amountText(amount: number, currency = ""): string {
  return amount.toFixed(amountDecimals(amount, currency));
}
