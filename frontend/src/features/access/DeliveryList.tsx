import type { Delivery } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Pagination } from "../../components/Pagination.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

const PAGE = 25;

interface DeliveryListProps {
  readonly label: string;
  readonly deliveries: readonly Delivery[];
  /** Those that are marked as the first of their reader. */
  readonly first: ReadonlySet<Delivery>;
}

/** Deliveries and removals, newest first, in pages. */
export function DeliveryList({ label, deliveries, first }: DeliveryListProps) {
  const { t } = useTranslation("deliveries");
  const locale = useLocale();
  const [start, setStart] = useState(0);
  if (deliveries.length === 0) return null;
  const from = start < deliveries.length ? start : 0;
  const page = deliveries.slice(from, from + PAGE);
  const number = (value: number) => value.toLocaleString(locale);
  const last = from + page.length;
  return (
    <>
      <ul className="ck-list" aria-label={label}>
        {page.map((delivery, index) => (
          <DeliveryRow
            key={`${delivery.store} ${delivery.time} ${from + index}`}
            delivery={delivery}
            isFirst={first.has(delivery)}
          />
        ))}
      </ul>
      {deliveries.length > PAGE && (
        <Pagination
          label={t("pages")}
          position={t("position", { from: number(from + 1), to: number(last), of: number(deliveries.length) })}
          onNewer={from > 0 ? () => setStart(from - PAGE) : undefined}
          onOlder={last < deliveries.length ? () => setStart(from + PAGE) : undefined}
        />
      )}
    </>
  );
}

function DeliveryRow({ delivery, isFirst }: { readonly delivery: Delivery; readonly isFirst: boolean }) {
  const { t } = useTranslation("deliveries");
  const { act, store, reader, time, categories, file, recordId, index, proven, anchoring } = delivery;
  const { data: chart } = useChart(usePatientAccount());
  const items = chart?.items.filter((one) => one.recordId === recordId) ?? [];
  const item = index === undefined && items.length > 1 ? undefined : items.find((one) => one.index === (index ?? 0));
  const words = categories.map((category) => t(`common:category.${category}`)).join(t("common:comma"));
  const named = item?.summary?.title ?? (words || t("letter"));
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">
          {item ? (
            <Link to={`/patient/chart/${item.key}`}>
              <bdi>{named}</bdi>
            </Link>
          ) : (
            <bdi>{named}</bdi>
          )}
        </p>
        <p className="ck-meta">
          {t(`act.${act}.${file}`)} <AccountName account={reader} />
        </p>
        {isFirst && (
          <StatusBadge tone="plain" icon="infoCircle">
            {t("first")}
          </StatusBadge>
        )}
      </div>
      <div className="ck-end ck-s">
        <Time seconds={time} show="short" />
        <span className="d-block ck-2">
          <bdi dir="ltr">{new URL(store).host}</bdi>
        </span>
        <StatusBadge tone={proven ? "ok" : "wait"}>{t(proven ? "signed" : "unsigned")}</StatusBadge>
        {anchoring.state === "missing" ? (
          <StatusBadge tone="bad">{t("anchoring.missing")}</StatusBadge>
        ) : (
          anchoring.state !== "unknown" && <span className="d-block ck-2">{t(`anchoring.${anchoring.state}`)}</span>
        )}
      </div>
    </li>
  );
}
