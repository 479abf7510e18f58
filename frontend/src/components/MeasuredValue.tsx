import type { Interpretation, SummaryValue } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";

const unusual: readonly Interpretation[] = ["high", "low", "abnormal", "critical"];

/** A value with its unit. */
export function MeasuredValue({ value }: { readonly value: SummaryValue }) {
  return (
    <span>
      <span className={value.unit === undefined ? "ck-strong" : "ck-value"}>
        <bdi>{value.text}</bdi>
      </span>
      {value.unit && <bdi className="ck-unit"> {value.unit}</bdi>}
    </span>
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
      {interpretation && range && ", "}
      {range && (
        <span className="ck-s ck-2">
          {interpretation !== "normal" && `${t("usual")} `}
          <bdi>{range.replaceAll(">=", "≥").replaceAll("<=", "≤").replaceAll(" - ", " – ")}</bdi>
        </span>
      )}
    </span>
  );
}
