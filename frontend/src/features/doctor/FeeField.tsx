import { useId } from "react";
import { useTranslation } from "react-i18next";
import { parseFee } from "../../lib/format/fee.ts";

interface FeeFieldProps {
  /** Ether, as it is written. */
  readonly value: string;
  readonly onChange: (next: string) => void;
}

/** What a visit of the published days costs. */
export function FeeField({ value, onChange }: FeeFieldProps) {
  const { t } = useTranslation("doctor");
  const id = useId();
  const wrong = parseFee(value) === undefined;
  return (
    <div className="mb-4">
      <label className="form-label" htmlFor={id}>
        {t("hours.fee")}
      </label>
      <input
        id={id}
        className={`form-control ${wrong ? "is-invalid" : ""}`}
        inputMode="decimal"
        dir="ltr"
        autoComplete="off"
        value={value}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <div className={wrong ? "invalid-feedback" : "form-text"} id={`${id}-hint`}>
        {t(wrong ? "hours.feeWrong" : "hours.feeHint")}
      </div>
    </div>
  );
}
