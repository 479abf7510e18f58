import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { HospitalName } from "../../components/AccountName.tsx";
import { Address } from "../../components/Address.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useStandings } from "../../lib/roles/useRoles.ts";

/** Hospitals at which the account is an active doctor; undefined until it is known. */
export function useOwnHospitals(): readonly number[] | undefined {
  const { data } = useStandings();
  return data?.flatMap(({ role, status, hospital }) =>
    role === "doctor" && status === "active" && hospital ? [hospital.id] : [],
  );
}

/** Says which memberships do not count now, why, what is waited for, and who acts. */
export function MembershipNotice() {
  const { t } = useTranslation("doctor");
  const { address } = useConnection();
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
        {problem === "requested" && address && (
          <>
            <span className="d-block mt-2">
              {t("membership.compare")} <Address value={address} full />
            </span>
            <span className="d-block ck-s ck-2">{t("common:whatAddress")}</span>
          </>
        )}
      </Notice>
    );
  });
}

/** In the place of hours and visits, while no hospital has the doctor active: nothing can be done here but wait, for what stands above. */
export function NotActiveYet({ page }: { readonly page: "day" | "hours" }) {
  const { t } = useTranslation("doctor");
  return (
    <div className="mt-5">
      <EmptyState kind="notRegistered" title={t(`notActive.${page}`)} text={t("notActive.text")} />
    </div>
  );
}
