import { useTranslation } from "react-i18next";
import type { Series, SeriesPoint } from "../../lib/chart/series.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { layOut } from "./plotLayout.ts";

interface PlotProps {
  /** Two values or more. */
  readonly series: Series;
  readonly title: string;
  readonly unit: string;
  readonly dayOf: (point: SeriesPoint) => string;
}

/**
 * Values over time, from left to right in every language, as their numbers are. Lines and dots stretch with the page and keep their
 * strength; words and numbers stand beside them as text. The table below it says the same.
 */
export function Plot({ series, title, unit, dayOf }: PlotProps) {
  const { t } = useTranslation("chart");
  const locale = useLocale();
  const { points, band, bottom, top } = layOut(series);
  const values = series.points.map(({ value }) => value);
  const say = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 6 });
  const [first, newest] = [series.points[0]!, series.points.at(-1)!];
  const range = [newest.low, newest.high].map((end) => (end === undefined ? "" : say(end))).join(" – ");
  const picture = t("trend.picture", {
    ...{ title, unit, count: series.points.length, first: dayOf(first), last: dayOf(newest) },
    ...{ low: say(Math.min(...values)), high: say(Math.max(...values)), newest: say(newest.value) },
  });
  return (
    <figure className="ck-trend" dir="ltr">
      <div className="ck-trend-values" aria-hidden="true">
        <span>{say(top)}</span>
        <span>{say(bottom)}</span>
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={picture}>
        {band && <rect className="ck-trend-band" x="0" width="100" y={band.top} height={band.bottom - band.top} />}
        <polyline className="ck-trend-line" points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {points.map(({ x, y }, index) => (
          <path key={series.points[index]!.item.key} className="ck-trend-dot" d={`M ${x} ${y} h 0`} />
        ))}
      </svg>
      <div className="ck-trend-days" aria-hidden="true">
        <bdi>{dayOf(first)}</bdi>
        <bdi>{dayOf(newest)}</bdi>
      </div>
      {band && (
        <figcaption className="form-text" dir="auto">
          {t("trend.band", { range })}
        </figcaption>
      )}
    </figure>
  );
}
