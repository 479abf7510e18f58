import { describe, expect, it } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import type { SeriesPoint } from "../../lib/chart/series.ts";
import { layOut } from "./plotLayout.ts";

const plot = (...measured: (Omit<SeriesPoint, "item"> & { at: number })[]) =>
  layOut({
    unit: "mmol/L",
    points: measured.map(({ at, ...point }) => ({ ...point, item: { when: at } as ChartItem })),
  });

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
});
