import { useTranslation } from "react-i18next";
import type { Measured, Series, SeriesPoint } from "../../lib/chart/series.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { layOut, linesOf } from "./plotLayout.ts";

interface Drawn {
  readonly series: Series;
  readonly title: string;
  readonly unit: string;
  readonly dayOf: (point: SeriesPoint) => string;
}

interface PlotWords {
  /** What the whole picture shows, for who does not see it. */
  readonly picture: string;
  /** What its lines and bands mean. */
  readonly notes: readonly string[];
  /** A number as the reader writes it. */
  readonly say: (value: number) => string;
}

/** What a plot says in words. */
export function usePlotWords({ series, title, unit, dayOf }: Drawn): PlotWords {
  const { t } = useTranslation("chart");
  const locale = useLocale();
  const say = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 6 });
  const [upper = [], lower] = linesOf(series);
  const [first, newest] = [series.points[0]!, series.points.at(-1)!];
  const over = { title, unit, count: series.points.length, first: dayOf(first), last: dayOf(newest) };
  const least = (values: readonly Measured[]) => say(Math.min(...values.map(({ value }) => value)));
  const most = (values: readonly Measured[]) => say(Math.max(...values.map(({ value }) => value)));
  const rangeOf = ({ low, high }: Measured) =>
    [low, high].map((end) => (end === undefined ? "" : say(end))).join(" – ");
  const [upperNow, lowerNow] = newest.parts;
  const upperWords = { low: least(upper), high: most(upper), newest: say(upperNow.value) };
  const ranges = [upperNow, lowerNow].flatMap((part, line) =>
    part && layOut(series).lines[line]?.band ? [rangeOf(part)] : [],
  );
  const bands =
    ranges.length === 0 ? [] : [t("trend.band", { count: ranges.length, range: ranges.join(t("common:comma")) })];
  if (!lower || !lowerNow) return { picture: t("trend.picture", { ...over, ...upperWords }), notes: bands, say };
  const lowerWords = { lowerLow: least(lower), lowerHigh: most(lower), lowerNewest: say(lowerNow.value) };
  const picture = t("trend.pictureOfTwo", { ...over, ...upperWords, ...lowerWords });
  return { picture, notes: [t("trend.two"), ...bands], say };
}
