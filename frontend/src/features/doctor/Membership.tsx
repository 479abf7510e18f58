import { useTranslation } from "react-i18next";
import { HospitalName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useStandings } from "../../lib/roles/useRoles.ts";

/** Hospitals at which the account is an active doctor; undefined until it is known. */
export function useOwnHospitals(): readonly number[] | undefined {
  const { data } = useStandings();
  return data?.flatMap(({ role, status, hospital }) =>
    role === "doctor" && status === "active" && hospital ? [hospital.id] : [],
  );
}

/** Says which memberships do not count now, and why. */
export function MembershipNotice() {
  const { t } = useTranslation("doctor");
  const { data } = useStandings();
  const own = data?.filter(({ role }) => role === "doctor") ?? [];
  return own.map(({ hospital, status }) => {
    if (!hospital) return null;
    const problem = status !== "active" ? status : hospital.accreditation !== "accredited" ? "unaccredited" : null;
    if (!problem || problem === "none") return null;
    return (
      <Notice
        key={hospital.id}
        className="mt-4"
        tone={problem === "suspended" ? "bad" : "warn"}
        title={<HospitalName id={hospital.id} />}
      >
        {t(`membership.${problem}`)}
      </Notice>
    );
  });
}
