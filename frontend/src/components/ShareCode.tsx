import { useTranslation } from "react-i18next";
import { CopyButton } from "./CopyButton.tsx";

/** The text that whom a record is shared with opens it by. It is no secret. */
export function ShareCode({ code }: { readonly code: string }) {
  const { t } = useTranslation("control");
  return (
    <div>
      <p className="form-label d-flex align-items-center gap-2">
        {t("share.code")} <CopyButton value={code} label={t("share.code")} />
      </p>
      <pre className="ck-message ck-mono ck-code" dir="ltr" tabIndex={0}>
        {code}
      </pre>
    </div>
  );
}
