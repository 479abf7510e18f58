import { expect, it } from "vitest";
import { newPasscode, strengthOf } from "./strength.ts";

it.each([
  ["", "none"],
  ["      ", "none"],
  ["24681", "short"],
  [" 24681 ", "short"],
  [" 123456 ", "guessable"],
  ["111111", "guessable"],
  ["123456", "guessable"],
  ["fedcba", "guessable"],
  ["121212", "guessable"],
  ["19840229", "guessable"],
  ["29021984", "guessable"],
  ["246913", "fair"],
  ["correct horse", "good"],
])("says of %s that it is %s", (passcode, strength) => {
  expect(strengthOf(passcode)).toBe(strength);
});

it("proposes eight digits that are not easily guessed, each time others", () => {
  const proposed = Array.from({ length: 200 }, newPasscode);
  expect(proposed.every((passcode) => /^\d{8}$/.test(passcode) && strengthOf(passcode) === "fair")).toBe(true);
  expect(new Set(proposed).size).toBeGreaterThan(190);
});
