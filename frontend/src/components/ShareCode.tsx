import { useTranslation } from "react-i18next";
import { CopyField } from "./CopyField.tsx";

/** The text that whom a record is shared with opens it by. It is no secret. */
export function ShareCode({ code }: { readonly code: string }) {
  const { t } = useTranslation("control");
  return (
    <div>
      <CopyField label={t("share.code")} value={code} />
    </div>
  );
}
