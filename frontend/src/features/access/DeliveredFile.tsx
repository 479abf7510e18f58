import type { Delivery } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ChartItem } from "../../lib/chart/items.ts";

interface DeliveredFileProps {
  readonly delivery: Delivery;
  /** Items of the chart by their record. */
  readonly records: ReadonlyMap<string, readonly ChartItem[]>;
}

/** One file that was handed out, by the title of its entry when that is known, else by its categories. */
export function DeliveredFile({ delivery, records }: DeliveredFileProps) {
  const { t } = useTranslation("deliveries");
  const { categories, file, recordId, index } = delivery;
  const items = (recordId && records.get(recordId)) ?? [];
  const item = index === undefined && items.length > 1 ? undefined : items.find((one) => one.index === (index ?? 0));
  const words = categories.map((category) => t(`common:category.${category}`)).join(t("common:comma"));
  const named = <bdi>{item?.summary?.title ?? (words || t("letter"))}</bdi>;
  return (
    <>
      {file !== "content" && <span className="ck-2">{t(`file.${file}`)} </span>}
      {item ? <Link to={`/patient/chart/${item.key}`}>{named}</Link> : named}
    </>
  );
}
