import type { ReceivedGrant } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { HospitalName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { categoriesOf } from "../../lib/format/categories.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { MembershipNotice } from "./Membership.tsx";
import { PatientName } from "./PatientName.tsx";
import { useReceivedGrants } from "./queries.ts";
import { inForce } from "./usePatient.ts";

/** The patients who let the doctor read or add something, and until when. */
export default function PatientsPage() {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const { data, error, refetch } = useReceivedGrants();
  const now = useNow();
  const words = (mask: number) =>
    mask === 0
      ? t("patients.nothing")
      : formatList(
          categoriesOf(mask).map((category) => t(`common:category.${category}`)),
          locale,
        );
  const columns: readonly Column<ReceivedGrant>[] = [
    {
      key: "patient",
      header: t("patients.patient"),
      cell: ({ patient, hospital }) => (
        <span>
          <Link to={`/doctor/patients/${patient}`} className="link-body-emphasis">
            <PatientName patient={patient} />
          </Link>
          <span className="d-block ck-meta fw-normal">
            <HospitalName id={hospital} />
          </span>
        </span>
      ),
    },
    { key: "read", header: t("patients.read"), cell: ({ read }) => <span className="ck-s">{words(read)}</span> },
    { key: "write", header: t("patients.write"), cell: ({ write }) => <span className="ck-s">{words(write)}</span> },
    {
      key: "until",
      header: t("patients.until"),
      cell: ({ expiry }) => (
        <span>
          <Time seconds={expiry} show="short" />
          <span className="d-block ck-meta">
            <Countdown until={expiry} />
          </span>
        </span>
      ),
    },
    {
      key: "state",
      header: t("patients.state"),
      cell: (grant) =>
        inForce(grant, now) ? (
          <StatusBadge tone="ok">{t("patients.active")}</StatusBadge>
        ) : (
          <StatusBadge tone="plain">{t(grant.expiry <= now ? "patients.ended" : "patients.notActive")}</StatusBadge>
        ),
    },
  ];
  return (
    <Page
      title={t("patients.title")}
      actions={
        <div className="ck-actions">
          <Link className="btn btn-plain" to="/shared">
            {t("patients.shared")}
          </Link>
          <Link className="btn btn-plain" to="/doctor/emergency">
            {t("patients.emergency")}
          </Link>
        </div>
      }
    >
      <MembershipNotice />
      {error && !data && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      <div className="mt-5">
        {data?.length === 0 && (
          <EmptyState
            kind="noData"
            title={t("patients.none")}
            text={t("patients.noneText")}
            action={{ label: t("day.setHours"), to: "/doctor/hours" }}
          />
        )}
        {data && data.length > 0 && (
          <DataTable
            caption={t("patients.title")}
            columns={columns}
            rows={[...data].sort((left, right) => right.since - left.since)}
            rowKey={({ patient }) => patient}
          />
        )}
      </div>
    </Page>
  );
}
