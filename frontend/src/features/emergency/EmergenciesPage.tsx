import { isOpen, type Emergency } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { usePatientEmergencies } from "../../lib/patient/useEmergencies.ts";
import { EmergencyFacts } from "./EmergencyFacts.tsx";
import { EndDialog } from "./EndDialog.tsx";

/** Every emergency access to the patient's chart: who, when, why, and the way to end it. */
export default function EmergenciesPage() {
  const { t } = useTranslation("emergency");
  const { state } = useLocation();
  const { data, error, refetch } = usePatientEmergencies();
  const [ending, setEnding] = useState<Emergency | null>(null);
  const now = useNow();
  return (
    <Page title={t("title")}>
      <p className="ck-2 mt-2 ck-measure">
        {t("what")} <Link to="/patient/emergency-card">{t("prepare")}</Link>
      </p>
      {state === "ended" && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("ended")}
        </Notice>
      )}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <p className="ck-rule-t mt-4">{t("none")}</p>}
      {data && data.length > 0 && (
        <ul className="ck-list mt-4" aria-label={t("title")}>
          {data.map((emergency) => (
            <li key={`${emergency.hospital}|${emergency.number}`} className="d-block">
              <EmergencyFacts emergency={emergency} />
              {isOpen(emergency, now) && (
                <button type="button" className="btn btn-stop mt-3" onClick={() => setEnding(emergency)}>
                  {t("end.action")}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {ending && <EndDialog emergency={ending} onClose={() => setEnding(null)} />}
    </Page>
  );
}
