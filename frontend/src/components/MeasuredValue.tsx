import type { Interpretation, SummaryValue } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";

const unusual: readonly Interpretation[] = ["high", "low", "abnormal", "critical"];

/** What UCUM puts in braces is a remark, not a unit: "{score}". */
const ANNOTATION = /\{([^}]*)\}/g;

/** A value with its unit. */
export function MeasuredValue({ value }: { readonly value: SummaryValue }) {
  const { text, unit } = value;
  if (unit === undefined) return <bdi className="ck-strong">{text}</bdi>;
  // A number and its unit read from left to right in every language.
  return (
    <bdi dir="ltr">
      <span className="ck-value">{text}</span> <span className="ck-unit">{unit.replace(ANNOTATION, "$1")}</span>
    </bdi>
  );
}

/** How a value compares with what is usual, in words first: "High, usual 20 - 41". Empty when nothing is known. */
export function ValueInWords({ value }: { readonly value: SummaryValue }) {
  const { t } = useTranslation("records");
  const { interpretation, range } = value;
  if (!interpretation && !range) return null;
  const look = interpretation && unusual.includes(interpretation) ? "ck-flag is-high" : "ck-s ck-strong";
  return (
    <span>
      {interpretation && <span className={look}>{t(`interpretation.${interpretation}`)}</span>}
      {interpretation && range && t("common:comma")}
      {range && (
        <span className="ck-s ck-2">
          {interpretation !== "normal" && `${t("usual")} `}
          <bdi>{range.replaceAll(">=", "≥").replaceAll("<=", "≤").replaceAll(" - ", " – ")}</bdi>
        </span>
      )}
    </span>
  );
}
