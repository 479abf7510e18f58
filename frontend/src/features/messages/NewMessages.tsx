import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart, useOpenedCharts } from "../../lib/chart/useChart.ts";
import { useUnreadCount } from "./useCorrespondence.ts";

const PAGE = "/patient/messages";
/** Milliseconds between two looks at the ledger of one's own chart, once it was opened. */
const REFRESH = 60_000;

/** Stands under the header while a patient has messages that were not opened on this device. */
export function NewMessages() {
  const { t } = useTranslation("messages");
  const account = usePatientAccount();
  const isOpen = useOpenedCharts().some(({ patient }) => patient.toLowerCase() === account?.toLowerCase());
  useChart(isOpen ? account : undefined, REFRESH);
  const count = useUnreadCount();
  const { pathname } = useLocation();
  const isOnPatientsPages = pathname.startsWith("/patient") && !pathname.startsWith(PAGE);
  if (count === 0 || !isOnPatientsPages) return null;
  return (
    <div className="ck-band">
      <Notice
        tone="ink"
        icon="envelope"
        live="status"
        title={t("newCount", { count })}
        action={<Link to={PAGE}>{t("read")}</Link>}
      />
    </div>
  );
}
