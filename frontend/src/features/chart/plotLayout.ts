import type { Measured, Series } from "../../lib/chart/series.ts";

/** Where one line of a plot stands, from 0 to 100 in both directions, from the upper left. */
export interface PlotLine {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Upper and lower end of the usual range, when all values have the same. */
  readonly band?: { readonly top: number; readonly bottom: number };
}

export interface PlotLayout {
  /** One, or of blood pressures the systolic and the diastolic one. */
  readonly lines: readonly PlotLine[];
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
function sharedRange(values: readonly Measured[]): Omit<Measured, "value"> | undefined {
  const { low, high } = values[0] ?? {};
  if (low === undefined && high === undefined) return undefined;
  return values.every((value) => value.low === low && value.high === high) ? { low, high } : undefined;
}

/** The lines of a series: all first values, and all second ones where there are any. */
export function linesOf({ points }: Series): readonly (readonly Measured[])[] {
  const second = points.map(({ parts }) => parts[1]).filter((part) => part !== undefined);
  return [points.map(({ parts }) => parts[0]), ...(second.length > 0 ? [second] : [])];
}

/** Lays out the values of a series over time. */
export function layOut(series: Series): PlotLayout {
  const times = series.points.map(({ item }) => item.when);
  const lines = linesOf(series).map((values) => ({ values, range: sharedRange(values) }));
  const ends = lines.flatMap(({ range }) => [range?.low, range?.high]).filter((end) => end !== undefined);
  const numbers = lines.flatMap(({ values }) => values.map(({ value }) => value));
  const { bottom, top } = edgesAround([...numbers, ...ends]);
  const yOf = (value: number) => (100 * (top - value)) / (top - bottom);
  const [begin, end] = [times[0] ?? 0, times.at(-1) ?? 0];
  const xOf = (time = 0) => (end === begin ? 50 : (100 * (time - begin)) / (end - begin));
  return {
    lines: lines.map(({ values, range }) => ({
      points: values.map(({ value }, index) => ({ x: xOf(times[index]), y: yOf(value) })),
      ...(range && {
        band: {
          top: range.high === undefined ? 0 : yOf(range.high),
          bottom: range.low === undefined ? 100 : yOf(range.low),
        },
      }),
    })),
    bottom,
    top,
  };
}
