import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { MemberTable } from "./MemberTable.tsx";
import { OwnHospital } from "./OwnHospital.tsx";
import { useNamedMembers } from "./queries.ts";
import { RecentEvents } from "./RecentEvents.tsx";
import { Waiting } from "./Waiting.tsx";

/** What an administrator sees first: accreditation, counts, who waits, staff, and what happened last. */
export default function OverviewPage() {
  return <OwnHospital>{(hospital) => <Overview hospital={hospital} />}</OwnHospital>;
}

function Overview({ hospital }: { readonly hospital: ListedHospital }) {
  const { t } = useTranslation("hospital");
  const locale = useLocale();
  const { members, error, refetch } = useNamedMembers(hospital);
  const { accreditation, address, id, listing } = hospital;
  const invite = (
    <Link className="btn btn-primary" to="/hospital/invite">
      {t("invite.link")}
    </Link>
  );
  const count = (role: string) =>
    members?.filter((member) => member.role === role && member.status === "active").length;
  const requests = members?.filter(({ status }) => status === "requested") ?? [];
  const figures = [
    ["doctors", count("doctor")],
    ["pharmacists", count("pharmacist")],
    ["patients", count("patient")],
    ["waiting", requests.length],
  ] as const;
  return (
    <Page
      title={listing?.name ?? t("common:standing.hospital", { id })}
      {...(accreditation === "accredited" ? { asOf: t("accredited", { id }) } : {})}
      actions={
        <div className="ck-actions">
          {invite}
          <Link className="btn btn-plain" to="/hospital/reviewers">
            {t("reviewers")}
          </Link>
        </div>
      }
    >
      {accreditation !== "accredited" && (
        <Notice
          className="mt-4"
          tone={accreditation === "suspended" ? "bad" : "warn"}
          title={t(`accreditation.${accreditation}.title`)}
        >
          {t(`accreditation.${accreditation}.text`, { id })}
        </Notice>
      )}
      {accreditation !== "none" && (
        <dl className="ck-def mt-4">
          <dt>{t("contract.label")}</dt>
          <dd>
            <Address value={address} to={`/audit/address/${address}`} full />
            <p className="form-text mt-1 mb-0">
              {t(`contract.${accreditation === "accredited" ? "known" : "compare"}`)}
            </p>
          </dd>
        </dl>
      )}
      {error && !members && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!members && !error && <Loading />}
      {members && (
        <>
          <dl className="ck-figs mt-5">
            {figures.map(([key, value]) => (
              <div key={key}>
                <dt>{t(`figure.${key}`)}</dt>
                <dd>{(value ?? 0).toLocaleString(locale)}</dd>
              </div>
            ))}
          </dl>
          <div className="ck-stack mt-5">
            <Waiting hospital={hospital} requests={requests} />
            <MemberTable
              hospital={hospital}
              kind="staff"
              members={members.filter(({ role, status }) => role !== "patient" && status !== "requested")}
              empty={{ label: t("invite.link"), to: "/hospital/invite", primary: true }}
            />
            <RecentEvents hospital={hospital} members={members} />
          </div>
        </>
      )}
    </Page>
  );
}
