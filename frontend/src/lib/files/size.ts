const KB = 1000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Largest file that the app adds, in bytes: sealed and padded it is still below what a store takes by default. */
export const MAX_FILE = KB ** 3;

/** A number of bytes in the largest unit of which there is one. */
export function formatSize(bytes: number, locale: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KB)));
  // The short form of a byte knows no plural.
  const unitDisplay = power === 0 ? "long" : "short";
  const options = { style: "unit", unit: UNITS[power]!, unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / KB ** power);
}
