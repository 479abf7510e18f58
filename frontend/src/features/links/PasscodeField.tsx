import { LINK_PASSCODE } from "@chartkey/sdk";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { newPasscode, strengthOf } from "./strength.ts";

interface PasscodeFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A passcode that is told to others, and so is shown; how hard it is to find is said in words. */
export function PasscodeField({ value, onChange }: PasscodeFieldProps) {
  const { t } = useTranslation("links");
  const id = useId();
  const strength = strengthOf(value);
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {t("form.passcode")}
      </label>
      <div className="d-flex flex-wrap gap-2">
        <input
          id={id}
          className="form-control ck-w-code"
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          maxLength={LINK_PASSCODE.max}
          value={value}
          aria-describedby={`${id}-hint ${id}-strength`}
          onChange={({ target }) => onChange(target.value)}
        />
        <button type="button" className="btn btn-plain" onClick={() => onChange(newPasscode())}>
          {t("form.suggest")}
        </button>
      </div>
      <p className="form-text mb-0" id={`${id}-strength`} role="status">
        {t(`strength.${strength}`)}
      </p>
      <p className="form-text" id={`${id}-hint`}>
        {t("form.passcodeHint")}
      </p>
    </div>
  );
}
