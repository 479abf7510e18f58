import { useId } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./CopyButton.tsx";

/** The text that whom a record is shared with opens it by. It is no secret. */
export function ShareCode({ code }: { readonly code: string }) {
  const { t } = useTranslation("control");
  const id = useId();
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {t("share.code")}
      </label>
      <div className="ck-copy align-items-center">
        <input id={id} className="form-control" dir="ltr" readOnly value={code} />
        <span className="ck-addr">
          <CopyButton value={code} label={t("share.code")} />
        </span>
      </div>
    </div>
  );
}
