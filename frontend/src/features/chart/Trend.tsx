import { useTranslation } from "react-i18next";
import { DataTable } from "../../components/DataTable.tsx";
import { MeasuredValue, ValueInWords } from "../../components/MeasuredValue.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { seriesOf, type Series, type SeriesPoint } from "../../lib/chart/series.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatDate } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { Plot } from "./Plot.tsx";

interface TrendProps {
  readonly item: ChartItem;
  readonly items: readonly ChartItem[];
  /** What was measured. */
  readonly title: string;
}

/** The values of a test over time, when there are two or more: drawn, and as a table. Each unit stands for itself. */
export function Trend({ item, items, title }: TrendProps) {
  const { t } = useTranslation("chart");
  const all = seriesOf(items, item);
  if (all.length === 0) return null;
  return (
    <section className="ck-rule-t">
      <h2 className="mb-3">{t("trend.heading")}</h2>
      {all.length > 1 && <p className="ck-s ck-2 ck-measure">{t("trend.apart")}</p>}
      {all.map((series) => (
        <SeriesView key={series.unit} series={series} item={item} title={title} named={all.length > 1} />
      ))}
    </section>
  );
}

interface SeriesViewProps {
  readonly series: Series;
  readonly item: ChartItem;
  readonly title: string;
  /** Whether the unit has to be said above. */
  readonly named: boolean;
}

function SeriesView({ series, item, title, named }: SeriesViewProps) {
  const { t } = useTranslation("chart");
  const locale = useLocale();
  const unit = series.unit || t("trend.noUnit");
  const day = ({ item: { summary, when } }: SeriesPoint) =>
    summary?.date ? formatFhirDate(summary.date, locale) : formatDate(when, locale);
  const value = ({ item: { summary } }: SeriesPoint) => summary?.value;
  return (
    <div className="mb-4">
      {named && (
        <h3 className="ck-s">
          <bdi>{t("trend.of", { title, unit })}</bdi>
        </h3>
      )}
      {series.points.length > 1 && <Plot series={series} title={title} unit={unit} dayOf={day} />}
      <DataTable
        caption={t("trend.caption", { title, unit })}
        rows={series.points.toReversed()}
        rowKey={({ item: { key } }) => key}
        isCurrent={({ item: { key } }) => key === item.key}
        columns={[
          { key: "date", header: t("trend.date"), cell: day },
          {
            key: "value",
            header: t("trend.value"),
            cell: (point) => {
              const measured = value(point);
              return measured && <MeasuredValue value={measured} />;
            },
          },
          {
            key: "words",
            header: t("trend.words"),
            cell: (point) => {
              const measured = value(point);
              return measured && <ValueInWords value={measured} />;
            },
          },
        ]}
      />
    </div>
  );
}
