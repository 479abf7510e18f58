import { describe, expect, it } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import type { Measured } from "../../lib/chart/series.ts";
import { layOut } from "./plotLayout.ts";

function plot(...measured: (Measured & { at: number })[]) {
  const { lines, ...edges } = layOut({
    unit: "mmol/L",
    points: measured.map(({ at, ...part }) => ({ parts: [part], item: { when: at } as ChartItem })),
  });
  expect(lines).toHaveLength(1);
  return { ...lines[0]!, ...edges };
}

describe("a plot", () => {
  it("puts later values further right, by time, and higher ones further up", () => {
    const { points } = plot({ at: 0, value: 4 }, { at: 10, value: 6 }, { at: 40, value: 5 });
    expect(points.map(({ x }) => x)).toEqual([0, 25, 100]);
    const [low, high, middle] = points.map(({ y }) => y) as [number, number, number];
    expect(low).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(high);
  });

  it("has round numbers at its edges, around every value and the usual range", () => {
    const { bottom, top, band } = plot(
      { at: 0, value: 4.4, low: 3.5, high: 5.1 },
      { at: 1, value: 5.9, low: 3.5, high: 5.1 },
    );
    expect([bottom, top]).toEqual([3, 6]);
    expect(band!.top).toBeCloseTo(30);
    expect(band!.bottom).toBeCloseTo((100 * 2.5) / 3);
  });

  it("draws no range that not all values have", () => {
    expect(
      plot({ at: 0, value: 4, low: 3.5, high: 5.1 }, { at: 1, value: 4, low: 3.4, high: 5.1 }).band,
    ).toBeUndefined();
    expect(plot({ at: 0, value: 4 }, { at: 1, value: 4 }).band).toBeUndefined();
    expect(plot({ at: 0, value: 4, high: 5 }, { at: 1, value: 4, high: 5 }).band).toMatchObject({ bottom: 100 });
  });

  it("stands values that are all the same in the middle, of one moment too", () => {
    const { points, bottom, top } = plot({ at: 5, value: 0 }, { at: 5, value: 0 });
    expect(points.map(({ x }) => x)).toEqual([50, 50]);
    expect(bottom).toBeLessThan(0);
    expect(top).toBeGreaterThan(0);
  });

  it("draws two lines where there are two values, on one axis that holds both and their ranges", () => {
    const item = { when: 0 } as ChartItem;
    const parts = (systolic: number, diastolic: number) =>
      [
        { value: systolic, low: 90, high: 140 },
        { value: diastolic, low: 60, high: 90 },
      ] as const;
    const { lines, bottom, top } = layOut({
      unit: "mmHg",
      points: [
        { item, parts: parts(120, 80) },
        { item: { ...item, when: 5 }, parts: parts(150, 70) },
      ],
    });
    expect(lines.map(({ points }) => points.map(({ x }) => x))).toEqual([
      [0, 100],
      [0, 100],
    ]);
    const [upper, lower] = lines.map(({ points }) => points[1]!.y) as [number, number];
    expect(upper).toBeLessThan(lower);
    expect([bottom < 60, top > 150]).toEqual([true, true]);
    expect(lines[0]!.band!.bottom).toBeCloseTo(lines[1]!.band!.top);
  });
});
