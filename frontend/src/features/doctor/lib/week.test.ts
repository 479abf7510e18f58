import type { Visit } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { hoursOf, visitsIn, weekOf } from "./week.ts";

const visit = (day: number, hour: number, state: Visit["state"] = "confirmed") =>
  ({ start: new Date(2026, 10, day, hour, 15).getTime() / 1000, state }) as Visit;

describe("a week", () => {
  it("begins where the reader's calendar lets it begin, and holds its day", () => {
    const days = weekOf("2026-11-26", "en-GB");
    expect(days).toHaveLength(7);
    expect(days).toContain("2026-11-26");
    expect([days[0], days[6]]).toEqual(["2026-11-23", "2026-11-29"]);
    expect(weekOf("2026-11-23", "en-GB")).toEqual(days);
    expect(weekOf("2026-11-29", "en-GB")).toEqual(days);
    expect(weekOf("2026-11-26", "en-US")[0]).toBe("2026-11-22");
  });

  it("goes over the end of a month and a change of the clocks", () => {
    expect(weekOf("2026-12-31", "en-GB").at(-1)).toBe("2027-01-03");
    expect(new Set(weekOf("2026-10-25", "en-GB")).size).toBe(7);
  });

  it("shows the visits that take time, in their order, and the hours around them", () => {
    const all = [visit(26, 14), visit(24, 9), visit(26, 11, "declined"), visit(30, 8), visit(25, 10, "noShow")];
    const shown = visitsIn(weekOf("2026-11-26", "en-GB"), all);
    expect(shown).toEqual([all[1], all[4], all[0]]);
    expect(hoursOf(shown)).toEqual([9, 10, 11, 12, 13, 14]);
    expect(hoursOf([])).toEqual([]);
  });
});
