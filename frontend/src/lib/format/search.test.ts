import { describe, expect, it } from "vitest";
import { matchesQuery } from "./search.ts";

describe("matchesQuery", () => {
  it("finds names without their accents, in any case and order", () => {
    expect(matchesQuery("satō KENJI", ["Kenji Sato", "0xC40e"])).toBe(true);
    expect(matchesQuery("jose", ["José Núñez"])).toBe(true);
    expect(matchesQuery("jose perez", ["José Núñez"])).toBe(false);
  });

  it("shows everything for an empty query", () => {
    expect(matchesQuery(" ", [undefined])).toBe(true);
  });
});
