import { expect, it } from "vitest";
import { formatMoney } from "./money.ts";

it.each([
  [100.75, "PKR", "PKR 100.75"],
  [120.5, "HUF", "HUF 120.50"],
  [10.005, "EUR", "EUR 10.005"],
  [1234567.891, "KWD", "KWD 1,234,567.891"],
  [500, "JPY", "JPY 500"],
  [500.5, "JPY", "JPY 500.5"],
  [0.0000001, "EUR", "EUR 0.0000001"],
  [3, "shells", "3.00 shells"],
  [3, "", "3.00"],
])("%d of %s is shown with every digit: %s", (amount, currency, shown) => {
  expect(formatMoney(amount, currency, "en").replaceAll("\u00a0", " ")).toBe(shown);
});
