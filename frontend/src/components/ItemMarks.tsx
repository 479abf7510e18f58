import { voidCode } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "./StatusBadge.tsx";
import { useCodeWords } from "../lib/chart/codeWords.ts";
import type { ChartItem } from "../lib/chart/items.ts";

/** How sure the author was, as code and text, unless he was: a suspicion must not be read as a finding. */
function doubtIn({ resource, summary }: ChartItem) {
  if (resource?.resourceType !== "Condition" && resource?.resourceType !== "AllergyIntolerance") return undefined;
  const codes = resource.verificationStatus?.coding?.map(({ code }) => code) ?? [];
  const text = summary?.lines.find(({ label }) => label === "verification")?.text;
  return text === undefined || codes.includes("confirmed") ? undefined : { code: codes[0] ?? text, text };
}

/** What has to be known beside the title of an entry: that it is no certain finding, was not done, or is hidden, replaced or disputed. */
export function ItemMarks({ item }: { readonly item: ChartItem }) {
  const { t } = useTranslation(["control", "records"]);
  const inWords = useCodeWords();
  const { integrity, withheldSince, standing, resource } = item;
  const hidden = integrity === "verified" && withheldSince !== undefined;
  const doubt = doubtIn(item);
  const untrue = doubt === undefined && resource ? voidCode(resource) : undefined;
  if (!hidden && !doubt && !untrue && standing.state === "current") return null;
  return (
    <span className="d-flex flex-wrap column-gap-3 fw-normal">
      {doubt && (
        <StatusBadge tone="wait" icon="infoCircle">
          {inWords(doubt.code) === doubt.code ? doubt.text : inWords(doubt.code)}
        </StatusBadge>
      )}
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
