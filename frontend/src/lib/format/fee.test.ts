import { expect, it } from "vitest";
import { formatFee, parseFee } from "./fee.ts";

it("reads what it writes, and a comma as a point", () => {
  for (const gwei of [0n, 1n, 20_000_000n, 2n ** 64n - 1n]) expect(parseFee(formatFee(gwei))).toBe(gwei);
  expect(parseFee(" 0,02 ")).toBe(20_000_000n);
  expect(parseFee("٠٫٠٢")).toBe(20_000_000n);
});

it.each(["", "-1", "1e3", "0.0000000001", "1.", "18446744073.709551616", "abc", "1 000"])("takes no %j", (text) => {
  expect(parseFee(text)).toBeUndefined();
});
