import { describe, expect, it } from "vitest";
import { monthOf } from "../../src/chain/statistics.ts";

const FURTHEST = 2 ** 40 - 1; // what a contract can hold

describe("monthOf", () => {
  it.each([
    [0, "1970-01"],
    [Date.parse("2026-11-30T23:59:59Z") / 1000, "2026-11"],
    [Date.parse("2026-12-01T00:00:00Z") / 1000, "2026-12"],
    [FURTHEST, "+036812-02"],
  ])("of %d is %s, which a date can be made of", (seconds, month) => {
    expect(monthOf(seconds)).toBe(month);
    expect(new Date(`${month}-01T00:00:00Z`).getTime()).toBeLessThanOrEqual(seconds * 1000);
  });
});
