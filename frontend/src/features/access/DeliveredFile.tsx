import type { Delivery } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";

/** One file that was handed out, by the title of its entry when that is known, else by its categories. */
export function DeliveredFile({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation("deliveries");
  const { categories, file, recordId, index } = delivery;
  const { data: chart } = useChart(usePatientAccount());
  const items = chart?.items.filter((one) => one.recordId === recordId) ?? [];
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
