import { useId } from "react";
import { useTranslation } from "react-i18next";

interface ProofChoiceProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** Whether the file also says what the chain says of the chart. */
export function ProofChoice({ checked, onChange }: ProofChoiceProps) {
  const { t } = useTranslation("chart");
  const id = useId();
  return (
    <div className="form-check">
      <input
        type="checkbox"
        className="form-check-input"
        id={id}
        aria-describedby={`${id}-hint`}
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label className="form-check-label" htmlFor={id}>
        {t("takeout.proof.label")}
      </label>
      <div className="form-text" id={`${id}-hint`}>
        {t("takeout.proof.hint")}
      </div>
    </div>
  );
}
