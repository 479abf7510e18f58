import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useAccessRequests } from "../../lib/patient/useAccessRequests.ts";

/** Tells of doctors who ask for access; their words are one step away. */
export function RequestNotice() {
  const { t } = useTranslation("overview");
  const { data = [] } = useAccessRequests();
  if (data.length === 0) return null;
  return (
    <Notice
      className="mt-4"
      tone="ink"
      live="status"
      title={t("requests.title", { count: data.length })}
      action={
        <Link className="btn btn-plain btn-sm" to="/patient/access">
          {t("requests.see")}
        </Link>
      }
    >
      {data.slice(0, 3).map(({ doctor }, index) => (
        <span key={doctor}>
          {index > 0 && t("common:comma")}
          <AccountName account={doctor} />
        </span>
      ))}
    </Notice>
  );
}
