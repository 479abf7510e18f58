import { categories } from "@chartkey/sdk/records";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { EmptyState, type EmptyAction } from "../../components/EmptyState.tsx";
import { Notice } from "../../components/Notice.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { BillTotals } from "./BillTotals.tsx";
import { CategoryTabs } from "./CategoryTabs.tsx";
import { ItemTable } from "./ItemTable.tsx";
import { byDay, countCategories, matchesItem } from "./sections.ts";
import { useHeldItems } from "./useHeldItems.ts";

/** Items drawn at once; a chart may hold thousands. */
const STEP = 100;

export interface ChartViewProps {
  readonly items: readonly ChartItem[];
  /** Whether they were read since the page came. */
  readonly isCurrent: boolean;
  /** Where the page of an item is. */
  readonly pathOf: (item: ChartItem) => string;
  /** Whether these are all; while the chart is still being opened they are the newest ones, and nothing is said of a whole. */
  readonly isWhole?: boolean;
  /** Whose chart it is: the reader's own, or that of a patient. */
  readonly whose: "own" | "patient";
  /** What to do about an empty chart. */
  readonly emptyAction?: EmptyAction;
  /** Between the tabs and the list. */
  readonly children?: ReactNode;
}

/** A chart: by category, searchable, newest first, under the days that the entries are about. */
export function ChartView({
  items: all,
  isCurrent,
  pathOf,
  whose,
  isWhole = true,
  emptyAction,
  children,
}: ChartViewProps) {
  const { t } = useTranslation(["chart", "records"]);
  const locale = useLocale();
  const [params] = useSearchParams();
  const [query, setQuery] = useState("");
  const [limit, setLimit] = useState(STEP);
  const { data: hospitals } = useHospitals();
  const { shown: items, held, show } = useHeldItems(all, isCurrent && isWhole);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const counts = countCategories(items);
  const wanted = Number(params.get("category"));
  const current = counts.some(([category]) => category === wanted) ? wanted : null;
  const heading = current === null ? t("allEntries") : t(`common:category.${current}`);

  if (items.length === 0) {
    return (
      <div className="mt-5">
        <EmptyState
          kind="noData"
          title={t(`empty.${whose}.title`)}
          text={t(`empty.${whose}.text`)}
          {...(emptyAction ? { action: emptyAction } : {})}
        />
      </div>
    );
  }
  const found = items
    .filter(({ categories }) => current === null || categories.includes(current))
    .filter((item) => matchesItem(item, query, staffName(hospitals, item.author)));
  return (
    <>
      <CategoryTabs counts={counts} total={items.length} current={current} isWhole={isWhole} />
      {children}
      {held > 0 && (
        <Notice
          className="mt-4"
          live="status"
          title={t("newEntries", { count: held })}
          action={
            <button
              type="button"
              className="btn btn-plain btn-sm"
              onClick={() => {
                show();
                headingRef.current?.focus();
              }}
            >
              {t("showNew")}
            </button>
          }
        />
      )}
      <section className="mt-4">
        <div className="d-flex flex-wrap gap-3 mb-4 align-items-end">
          <h2 className="me-auto" tabIndex={-1} ref={headingRef}>
            {heading}
          </h2>
          <div className="ck-find">
            <SearchField label={t("search")} value={query} onChange={setQuery} />
          </div>
        </div>
        {current === categories.administrative && isWhole && (
          <BillTotals items={found} searched={query.trim() !== ""} />
        )}
        {found.length === 0 && (
          <EmptyState
            kind="noData"
            level={3}
            title={t("notFound.title")}
            text={t(isWhole ? "notFound.text" : "part.notFound")}
            action={{ label: t("notFound.action"), onClick: () => setQuery("") }}
          />
        )}
        {byDay(found.slice(0, limit), locale).map(({ day, items: ofDay }) => (
          <section key={`${day} ${ofDay[0]?.key}`}>
            <h3 className="ck-s ck-2 mt-4 mb-2">{day}</h3>
            <ItemTable caption={t("caption", { day })} items={ofDay} pathOf={pathOf} />
          </section>
        ))}
        {found.length > limit && (
          <button type="button" className="btn btn-plain btn-sm mt-4" onClick={() => setLimit(limit + STEP)}>
            {t(isWhole ? "more" : "part.more", { shown: limit, total: found.length })}
          </button>
        )}
        {!isWhole && (
          <p className="ck-2 mt-4">
            <span className="spinner-border spinner-border-sm" aria-hidden="true" /> {t("part.follows")}
          </p>
        )}
        <p className="ck-s ck-2 mt-4 ck-measure">
          <strong className="ck-strong">{t("records:integrity.verified.word")}</strong> {t("verifiedMeans")}
        </p>
      </section>
    </>
  );
}
