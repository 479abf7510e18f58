import { useLocale } from "../../lib/i18n/useLocale.ts";

export interface Bar {
  readonly key: string;
  /** Short: it stands under the bar. */
  readonly label: string;
  readonly value: number;
}

const WIDTH = 320;
const HEIGHT = 140;
/** Above the bars for the numbers, below for the labels. */
const TOP = 18;
const BOTTOM = 22;

/** Bars side by side, the first one first also where text runs from right to left. A table says the same. */
export function BarPlot({ bars, label, reversed }: { bars: readonly Bar[]; label: string; reversed: boolean }) {
  const locale = useLocale();
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const step = WIDTH / Math.max(bars.length, 4);
  const full = HEIGHT - TOP - BOTTOM;
  const placeOf = (index: number) => (reversed ? WIDTH - (index + 0.5) * step : (index + 0.5) * step);
  return (
    <svg className="ck-plot is-bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} direction="ltr">
      <line className="p-grid" x1={0} x2={WIDTH} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {bars.map(({ key, label: word, value }, index) => {
        const height = (value / highest) * full;
        const top = HEIGHT - BOTTOM - height;
        return (
          <g key={key} textAnchor="middle">
            <rect className="p-bar" x={placeOf(index) - step * 0.3} y={top} width={step * 0.6} height={height} />
            <text x={placeOf(index)} y={top - 5}>
              {value.toLocaleString(locale)}
            </text>
            <text x={placeOf(index)} y={HEIGHT - 6}>
              {word}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
