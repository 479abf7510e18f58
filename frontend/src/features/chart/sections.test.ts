import { describe, expect, it } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { byDay, countCategories, findItem, matchesItem, partsOf } from "./sections.ts";

const item = (over: object) => ({ categories: [7], time: 1_700_000_000, ...over }) as unknown as ChartItem;
const titled = (title: string, date?: string) =>
  item({ summary: { title, lines: [{ label: "note", text: "after lunch" }], ...(date ? { date } : {}) } });

describe("sections of a chart", () => {
  it("count an import in each of its categories", () => {
    expect(countCategories([item({}), item({ categories: [6, 7] })])).toEqual([
      [6, 1],
      [7, 2],
    ]);
  });

  it("find words in titles, lines and the author's name, without accents", () => {
    const one = titled("Potassium");
    expect(matchesItem(one, "potas LUNCH", undefined)).toBe(true);
    expect(matchesItem(one, "jose", "Dr José Gómez")).toBe(true);
    expect(matchesItem(one, "sodium", undefined)).toBe(false);
    expect(matchesItem(item({}), "", undefined)).toBe(true);
  });

  it("count the lines that are one record, and find the one that is left of it when it is withheld", () => {
    const part = (number: number, more: object) =>
      item({ key: `0xaa.1.${number}`, recordId: "0xaa", index: 1, part: number, ...more });
    const open = [part(0, {}), part(1, {}), item({ recordId: "0xaa", index: 2 })];
    expect(partsOf(open, open[0]!)).toBe(2);
    expect(findItem(open, "0xaa.1.1")).toBe(open[1]);
    expect(findItem(open, "0xaa.1.2")).toBeUndefined();
    const erased = part(0, { withheldSince: 5 });
    expect(findItem([erased], "0xaa.1.1")).toBe(erased);
  });

  it("put neighbours of one day together", () => {
    const days = byDay([titled("A", "2024-05-02"), titled("B", "2024-05-02"), titled("C", "2024-05")], "en-GB");
    expect(days.map(({ day, items }) => [day, items.length])).toEqual([
      ["2 May 2024", 2],
      ["May 2024", 1],
    ]);
  });
});
