import { describe, expect, it } from "vitest";
import { categoriesOf } from "../format/categories.ts";
import { expiryOf, visitScope } from "./terms.ts";

const now = 1_700_000_030;

describe("expiryOf", () => {
  it("ends on the full minute that the sentence shows, never earlier than promised", () => {
    expect(expiryOf("day", "", now)! % 60).toBe(0);
    expect(expiryOf("day", "", now)! - now).toBeGreaterThanOrEqual(86_400);
    expect(expiryOf("week", "", now)! - expiryOf("day", "", now)!).toBe(6 * 86_400);
  });

  it("takes an own date in the future and within five years, nothing else", () => {
    const local = (seconds: number) => {
      const date = new Date(seconds * 1000);
      return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    };
    expect(expiryOf("own", local(now + 7230), now)).toBe(Math.floor((now + 7230) / 60) * 60);
    expect(expiryOf("own", local(now - 60), now)).toBeNull();
    expect(expiryOf("own", local(now + 6 * 365 * 86_400), now)).toBeNull();
    expect(expiryOf("own", "", now)).toBeNull();
  });
});

it("a visit needs to read and to add everything about health, to read who it is, to write letters, and nothing of other visits or of others' letters", () => {
  expect(categoriesOf(visitScope.read)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(categoriesOf(visitScope.write)).toEqual([2, 3, 4, 5, 6, 7, 9]);
});
