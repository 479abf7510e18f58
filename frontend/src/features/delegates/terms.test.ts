import { describe, expect, it } from "vitest";
import { expiryOf } from "./terms.ts";

const now = 1_700_000_030;

describe("expiryOf", () => {
  it("ends on the full minute that the sentence shows, never earlier than promised", () => {
    expect(expiryOf("month", "", now)! % 60).toBe(0);
    expect(expiryOf("month", "", now)! - now).toBeGreaterThanOrEqual(30 * 86_400);
  });

  it("takes an own date in the future and within two years, nothing else", () => {
    const local = (seconds: number) => new Date(seconds * 1000 - new Date().getTimezoneOffset() * 60_000);
    const typed = (seconds: number) => local(seconds).toISOString().slice(0, 16);
    expect(expiryOf("own", typed(now + 86_400), now)).toBeGreaterThan(now);
    expect(expiryOf("own", typed(now - 86_400), now)).toBeNull();
    expect(expiryOf("own", typed(now + 731 * 86_400), now)).toBeNull();
    expect(expiryOf("own", "", now)).toBeNull();
  });
});
