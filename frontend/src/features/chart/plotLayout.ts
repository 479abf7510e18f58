import type { Series } from "../../lib/chart/series.ts";

/** Where things stand in a plot, from 0 to 100 in both directions, from the upper left. */
export interface PlotLayout {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Upper and lower end of the usual range, when all values have the same. */
  readonly band?: { readonly top: number; readonly bottom: number };
  /** What the lower and the upper edge stand for. */
  readonly bottom: number;
  readonly top: number;
}

/** Round numbers around all of these, with little room. */
function edgesAround(values: readonly number[]): { bottom: number; top: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span));
  const step = span / power < 2 ? power / 5 : span / power < 5 ? power / 2 : power;
  const round = (value: number) => Number(value.toPrecision(12));
  return { bottom: round((Math.ceil(least / step) - 1) * step), top: round((Math.floor(most / step) + 1) * step) };
}

/** The range that all values have; undefined when there are several, or none. */
function sharedRange(points: Series["points"]): { low: number | undefined; high: number | undefined } | undefined {
  const [first] = points;
  const { low, high } = first ?? {};
  if (low === undefined && high === undefined) return undefined;
  return points.every((point) => point.low === low && point.high === high) ? { low, high } : undefined;
}

/** Lays out the values of a series over time. */
export function layOut({ points }: Series): PlotLayout {
  const times = points.map(({ item }) => item.when);
  const range = sharedRange(points);
  const ends = [range?.low, range?.high].filter((end) => end !== undefined);
  const { bottom, top } = edgesAround([...points.map(({ value }) => value), ...ends]);
  const yOf = (value: number) => (100 * (top - value)) / (top - bottom);
  const [begin, end] = [times[0] ?? 0, times.at(-1) ?? 0];
  const xOf = (time: number) => (end === begin ? 50 : (100 * (time - begin)) / (end - begin));
  return {
    points: points.map(({ item, value }) => ({ x: xOf(item.when), y: yOf(value) })),
    ...(range && {
      band: {
        top: range.high === undefined ? 0 : yOf(range.high),
        bottom: range.low === undefined ? 100 : yOf(range.low),
      },
    }),
    bottom,
    top,
  };
}
