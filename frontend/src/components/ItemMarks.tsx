import { useTranslation } from "react-i18next";
import { StatusBadge } from "./StatusBadge.tsx";
import type { ChartItem } from "../lib/chart/items.ts";

/** What happened to an entry after it was written: hidden by the patient who reads this, replaced, or disputed. */
export function ItemMarks({ item: { integrity, withheldSince, standing } }: { readonly item: ChartItem }) {
  const { t } = useTranslation("control");
  const hidden = integrity === "verified" && withheldSince !== undefined;
  if (!hidden && standing.state === "current") return null;
  return (
    <span className="d-flex flex-wrap column-gap-3 fw-normal">
      {hidden && (
        <StatusBadge tone="plain" icon="lock">
          {t("mark.hidden")}
        </StatusBadge>
      )}
      {standing.state === "superseded" && (
        <StatusBadge tone="plain" icon="pen">
          {t("mark.superseded")}
        </StatusBadge>
      )}
      {standing.state === "disputed" && (
        <StatusBadge tone="wait" icon="exclamationTriangle">
          {t("mark.disputed")}
        </StatusBadge>
      )}
    </span>
  );
}
