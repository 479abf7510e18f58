import { useTranslation } from "react-i18next";
import { HospitalName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useStandings } from "../../lib/roles/useRoles.ts";

/** Names the hospitals that have not confirmed the patient: of whoever left one before and asks again. */
export function ConfirmationNotice() {
  const { t } = useTranslation("overview");
  const { data = [] } = useStandings();
  return data.map(
    ({ role, status, hospital }) =>
      role === "patient" &&
      status === "requested" &&
      hospital && (
        <Notice key={hospital.id} className="mt-4" tone="warn" title={<HospitalName id={hospital.id} />}>
          {t("notConfirmed")}
        </Notice>
      ),
  );
}
