import { useTranslation } from "react-i18next";

/** What messages are not for, and what "new" means here. */
export function Limits() {
  const { t } = useTranslation("messages");
  return (
    <div className="ck-measure mt-4 mb-4">
      <p className="mb-1">{t("notUrgent")}</p>
      <p className="ck-s ck-2 mb-0">{t("device")}</p>
    </div>
  );
}
