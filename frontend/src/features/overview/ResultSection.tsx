import { categories, voidCode } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { Loading } from "../../components/Loading.tsx";
import { MeasuredValue, ValueInWords } from "../../components/MeasuredValue.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { gapsOf } from "../../lib/chart/gaps.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatDate } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { Nothing, Section } from "./Section.tsx";

const RESULTS = categories.results;
const SHOWN = 4;

/** The newest results that can be shown; without what was a mistake or not done. */
export function ResultSection({ items }: { readonly items: readonly ChartItem[] | undefined }) {
  const { t } = useTranslation("overview");
  const locale = useLocale();
  const newest = items
    ?.filter(({ categories, resource }) => categories.includes(RESULTS) && resource && voidCode(resource) === undefined)
    .slice(0, SHOWN);
  const unopened = items !== undefined && gapsOf(items, RESULTS).length > 0;
  return (
    <Section title={t("results")} more={{ to: `/patient/chart?category=${RESULTS}`, label: t("allResults") }}>
      {!newest && <Loading />}
      {newest?.length === 0 && <Nothing>{t(unopened ? "unopenedResults" : "noResults")}</Nothing>}
      {newest && newest.length > 0 && (
        <ul className="ck-list">
          {newest.map(({ key, summary, author, time, integrity }) => (
            <li key={key}>
              <div className="ck-grow">
                <p className="ck-row-title">
                  <Link to={`/patient/chart/${key}`}>
                    <bdi>{summary?.title}</bdi>
                  </Link>
                </p>
                {summary?.value && (
                  <p className="ck-meta">
                    <ValueInWords value={summary.value} />
                  </p>
                )}
                <p className="ck-meta d-flex flex-wrap column-gap-3">
                  <span>
                    <AccountName account={author} />
                    {t("common:comma")}
                    {summary?.date ? formatFhirDate(summary.date, locale) : formatDate(time, locale)}
                  </span>
                  <IntegrityMark state={integrity} />
                </p>
              </div>
              <div className="ck-end">{summary?.value && <MeasuredValue value={summary.value} />}</div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
