import { describe, expect, it } from "vitest";
import { parseAmount } from "./amount.ts";

describe("an amount", () => {
  it.each([
    ["80,50", "EUR", "en", 80.5],
    [" 80.50 ", "EUR", "es", 80.5],
    ["1000", "EUR", "es", 1000],
    ["1234.5", "EUR", "es", 1234.5],
    ["٤٠", "EUR", "ar", 40],
    ["0", "EUR", "en", 0],
    ["500", "JPY", "en", 500],
    ["100.75", "PKR", "en", 100.75],
    ["120,5", "HUF", "es", 120.5],
    ["12.345", "KWD", "en", 12.345],
    ["12,345", "JOD", "es", 12.345],
    ["12.345", "BHD", "ar-KW", 12.345],
    ["١٢٫٣٤٥", "KWD", "ar", 12.345],
    ["1000.000", "KWD", "es", 1000],
    ["0.500", "KWD", "es", 0.5],
    ["1.250", "IQD", "en", 1.25],
  ])("%s of %s in %s is %d", (typed, currency, locale, amount) => {
    expect(parseAmount(typed, currency, locale)).toBe(amount);
  });

  it.each([
    ["1.000", "EUR", "es"],
    ["1.015", "EUR", "es"],
    ["1,000", "EUR", "en"],
    ["1.000", "", "en"],
    ["1.000", "JPY", "en"],
    ["١٫٠٠٠", "EUR", "ar"],
    ["12.345", "KWD", "es"],
    ["12,345", "KWD", "en"],
    ["1.234,50", "EUR", "es"],
    ["1,234.500", "KWD", "en"],
    ["1 000", "EUR", "en"],
    ["500.5", "JPY", "en"],
    ["1.555", "not a currency", "en"],
    ["-3", "EUR", "en"],
    ["<3", "EUR", "en"],
    ["5.", "EUR", "en"],
    ["1e3", "EUR", "en"],
    ["9007199254740993", "EUR", "en"],
    ["", "EUR", "en"],
  ])("%s of %s in %s is not guessed", (typed, currency, locale) => {
    expect(parseAmount(typed, currency, locale)).toBeUndefined();
  });
});
