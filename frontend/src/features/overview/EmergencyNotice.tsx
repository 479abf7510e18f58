import { isOpen } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { usePatientEmergencies } from "../../lib/patient/useEmergencies.ts";

/** For how long an emergency that has ended is still told first, in seconds. */
const TOLD = 14 * 86_400;

/** Tells of emergency accesses that are open or recent; the whole list stays one step away. */
export function EmergencyNotice() {
  const { t } = useTranslation("overview");
  const { data = [] } = usePatientEmergencies();
  const now = useNow();
  const open = data.find((emergency) => isOpen(emergency, now));
  const recent = data.filter(({ end }) => end > now - TOLD);
  const newest = open ?? recent[0];
  if (!newest) return null;
  return (
    <Notice
      className="mt-4"
      tone={open ? "bad" : "warn"}
      icon="exclamationTriangle"
      live={open ? "alert" : "status"}
      title={open ? t("emergency.open") : t("emergency.recent", { count: recent.length })}
      action={
        <Link className="btn btn-plain btn-sm" to="/patient/emergencies">
          {t(open ? "emergency.end" : "emergency.see")}
        </Link>
      }
    >
      <AccountName account={newest.doctor} />
      {open && (
        <>
          {t("common:comma")}
          <Countdown until={open.end} />
        </>
      )}
    </Notice>
  );
}
