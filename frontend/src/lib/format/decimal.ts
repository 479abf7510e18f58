/** A number that somebody typed, perhaps as below or above what could be measured. */
export interface Decimal {
  readonly value: number;
  readonly comparator?: "<" | "<=" | ">=" | ">";
}

const COMPARATORS = { "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">=" } as const;
const DECIMAL = /^(<=|>=|[<>≤≥])?\s*(-?\d+(?:[.,]\d+)?)$/;
/**
 * In one language 1234, in another 1.234: a result must not be either. With a point, what begins with 0 is a fraction, and 1.0.. a
 * density.
 */
const AMBIGUOUS = /^[^\d]*(\d{1,3},\d{3}|(?!0\.|1\.0)\d{1,3}\.\d{3})$/;
const ARABIC_ZERO = 0x0660;

/** What was typed, its Arabic digits and decimal separator as Latin ones. */
export function latinDigits(text: string): string {
  return text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replace("٫", ".");
}

/** Reads a whole number, in Latin or Arabic digits. Undefined for anything else. */
export function parseCount(text: string): number | undefined {
  const latin = latinDigits(text);
  return /^\d{1,9}$/.test(latin) ? Number(latin) : undefined;
}

/**
 * Reads a number with a point or comma before its decimals, in Latin or Arabic digits. Undefined for anything else, and for what could be
 * read as thousands.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const latin = latinDigits(text);
  const [, comparator, digits] = DECIMAL.exec(latin) ?? [];
  if (digits === undefined || AMBIGUOUS.test(latin)) return undefined;
  const value = Number(digits.replace(",", "."));
  return comparator === undefined
    ? { value }
    : { value, comparator: COMPARATORS[comparator as keyof typeof COMPARATORS] };
}
