import { describe, expect, it } from "vitest";
import { groupByLocalDay } from "./days.ts";

describe("groupByLocalDay", () => {
  it("puts each slot under the day that the reader's calendar shows, in order", () => {
    const midnight = new Date(2026, 10, 26).getTime() / 1000;
    const at = (start: number) => ({ day: Math.floor(start / 86_400), slot: 0, start, feeGwei: 0n });
    const days = groupByLocalDay([at(midnight), at(midnight - 900), at(midnight + 900)]);
    expect(days.map(({ key, slots }) => [key, slots.length])).toEqual([
      ["2026-11-25", 1],
      ["2026-11-26", 2],
    ]);
    expect(days[1]!.slots.map(({ start }) => start)).toEqual([midnight, midnight + 900]);
  });
});
