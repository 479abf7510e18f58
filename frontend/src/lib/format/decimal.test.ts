import { expect, it } from "vitest";
import { parseDecimal } from "./decimal.ts";

it.each([
  ["5.4", { value: 5.4 }],
  [" 5,4 ", { value: 5.4 }],
  ["1.015", { value: 1.015 }],
  ["0.125", { value: 0.125 }],
  ["12.3456", { value: 12.3456 }],
  ["-2", { value: -2 }],
  ["٥٫٤", { value: 5.4 }],
  ["<0,5", { value: 0.5, comparator: "<" }],
  ["≥ 90", { value: 90, comparator: ">=" }],
])("reads %s", (text, expected) => {
  expect(parseDecimal(text)).toEqual(expected);
});

it.each(["", "high", "5.", "1,234", "<1,234", "1.234", "150.000", "1 234", "1.2.3", "1e3", "0x10", "5 mmol/L"])(
  "does not guess what %j means",
  (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  },
);
