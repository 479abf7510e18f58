import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { recordsOf, useStaged } from "../../lib/patient/useStaged.ts";

/** Tells of records that a hospital prepared, until they are added or declined. */
export function StagedNotice() {
  const { t } = useTranslation("overview");
  const locale = useLocale();
  const { data = [] } = useStaged();
  if (data.length === 0) return null;
  const number = data.reduce((sum, waiting) => sum + recordsOf(waiting), 0);
  return (
    <Notice
      className="mt-4"
      tone="ink"
      live="status"
      title={t("staged.title", { number: number.toLocaleString(locale) })}
      action={
        <Link className="btn btn-primary btn-sm" to="/patient/prepared">
          {t("staged.action")}
        </Link>
      }
    />
  );
}
