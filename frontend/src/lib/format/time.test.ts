import { describe, expect, it } from "vitest";
import { formatRemaining, remaining } from "./time.ts";

const words = (left: number) => {
  const rest = remaining(left);
  return rest && formatRemaining(rest, "en");
};

describe("remaining", () => {
  it.each([
    [0, null],
    [-5, null],
    [1, "1 second"],
    [59, "59 seconds"],
    [60, "1 minute"],
    [3 * 3600 + 12 * 60, "3 hr 12 min"],
    [3 * 3600, "3 hours"],
    [86_400 + 3600, "1 day 1 hr"],
    [7 * 86_400, "7 days"],
    [7 * 86_400 - 1, "6 days 23 hr"],
  ])("says %i seconds as %s", (left, text) => {
    expect(words(left)).toBe(text);
  });

  it.each([45, 61, 3599, 3600, 7325, 90_000, 8 * 86_400 + 5])(
    "changes its words after nextChange, not before (%i)",
    (left) => {
      const rest = remaining(left);
      if (!rest) throw new Error("nothing left");
      expect(words(left - rest.nextChange + 1)).toBe(words(left));
      expect(words(left - rest.nextChange)).not.toBe(words(left));
    },
  );
});
