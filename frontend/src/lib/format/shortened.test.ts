import { expect, it } from "vitest";
import { shortened } from "./shortened.ts";

it("shows 200 characters of a name, whole ones, and says that there are more", () => {
  for (const letter of ["a", "😀"]) {
    expect(shortened(letter.repeat(200))).toBe(letter.repeat(200));
    expect(shortened(letter.repeat(201))).toBe(`${letter.repeat(200)}…`);
    expect(shortened(letter.repeat(5000))).toBe(`${letter.repeat(200)}…`);
  }
  expect(shortened("")).toBe("");
});
