import type { Series, SeriesPoint } from "../../lib/chart/series.ts";
import { layOut } from "./plotLayout.ts";
import { usePlotWords } from "./usePlotWords.ts";

interface PlotProps {
  /** Two results or more. */
  readonly series: Series;
  readonly title: string;
  readonly unit: string;
  readonly dayOf: (point: SeriesPoint) => string;
}

/**
 * Values over time, from left to right in every language, as their numbers are. Lines and dots stretch with the page and keep their
 * strength; words and numbers stand beside them as text. The table below it says the same.
 */
export function Plot(drawn: PlotProps) {
  const { series, dayOf } = drawn;
  const { picture, notes, say } = usePlotWords(drawn);
  const { lines, bottom, top } = layOut(series);
  return (
    <figure className="ck-trend" dir="ltr">
      <div className="ck-trend-values" aria-hidden="true">
        <span>{say(top)}</span>
        <span>{say(bottom)}</span>
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={picture}>
        {lines.map(
          ({ band }, line) =>
            band && (
              <rect
                key={line}
                className="ck-trend-band"
                x="0"
                width="100"
                y={band.top}
                height={band.bottom - band.top}
              />
            ),
        )}
        {lines.map(({ points }, line) => (
          <g key={line} className={line === 0 ? undefined : "is-second"}>
            <polyline className="ck-trend-line" points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
            {points.map(({ x, y }, index) => (
              <path key={series.points[index]!.item.key} className="ck-trend-dot" d={`M ${x} ${y} h 0`} />
            ))}
          </g>
        ))}
      </svg>
      <div className="ck-trend-days" aria-hidden="true">
        <bdi>{dayOf(series.points[0]!)}</bdi>
        <bdi>{dayOf(series.points.at(-1)!)}</bdi>
      </div>
      {notes.length > 0 && (
        <figcaption className="form-text" dir="auto">
          {notes.join(" ")}
        </figcaption>
      )}
    </figure>
  );
}
