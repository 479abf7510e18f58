import { describe, expect, it } from "vitest";
import { isLastGroup } from "./code.ts";

const code = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6F01";

describe("isLastGroup", () => {
  it("takes what people write on paper for the same code", () => {
    for (const typed of ["6F01", "6f01", " 6FoI", "6f0l", "6F-01"]) expect(isLastGroup(code, typed)).toBe(true);
  });

  it("refuses another group, a part of it, and nothing", () => {
    for (const typed of ["2345", "F01", "", "2345-6F01"]) expect(isLastGroup(code, typed)).toBe(false);
  });
});
