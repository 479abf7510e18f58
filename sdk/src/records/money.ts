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

/** The most decimals that any currency has, and so the unit in which amounts are added. */
const FINEST = 10_000;
const USUAL_DECIMALS = 2;

/** How many decimals amounts in a currency have (ISO 4217): 2 for EUR, none for JPY, 3 for KWD. */
export function currencyDecimals(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return USUAL_DECIMALS;
  const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return maximumFractionDigits ?? USUAL_DECIMALS;
}

/** The sum of amounts of one currency, without the remainders of binary fractions. */
export function sumAmounts(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * FINEST), 0) / FINEST;
}

/** An amount with the decimals of its currency, and more where it has more: `120.50`. */
export function amountText(amount: number, currency = ""): string {
  const fixed = amount.toFixed(currencyDecimals(currency));
  return Number(fixed) === amount ? fixed : String(amount);
}
