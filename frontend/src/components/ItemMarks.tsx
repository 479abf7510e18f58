import { voidCode } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "./StatusBadge.tsx";
import type { ChartItem } from "../lib/chart/items.ts";

/** What has to be known of an entry before it is read: it is of what is not so, hidden by the patient who reads this, replaced, or disputed. */
export function ItemMarks({ item: { integrity, withheldSince, standing, resource } }: { readonly item: ChartItem }) {
  const { t } = useTranslation(["control", "records"]);
  const hidden = integrity === "verified" && withheldSince !== undefined;
  const untrue = resource && voidCode(resource);
  if (!hidden && !untrue && standing.state === "current") return null;
  return (
    <span className="d-flex flex-wrap column-gap-3 fw-normal">
      {untrue && (
        <StatusBadge tone="plain" icon="slashCircle">
          {t(`records:status.${untrue}`)}
        </StatusBadge>
      )}
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
