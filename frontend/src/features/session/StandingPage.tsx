import type { Accreditation, MemberStatus } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HospitalName } from "../../components/AccountName.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Page } from "../../components/Page.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import type { Standing } from "../../lib/roles/roles.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { LeaveDialog, mayLeave } from "./LeaveDialog.tsx";

const statusTones: Readonly<Record<MemberStatus, StatusTone>> = {
  none: "plain",
  requested: "wait",
  active: "ok",
  suspended: "bad",
  declined: "plain",
  left: "plain",
};
const accreditationTones: Readonly<Record<Accreditation, StatusTone>> = {
  none: "plain",
  pending: "wait",
  accredited: "ok",
  suspended: "bad",
};

/** Where the account stands in a role: each hospital, whether it is active there, whether the hospital is accredited, and the way out. */
export function StandingPage({ role }: { readonly role: "patient" | "pharmacist" }) {
  const { t } = useTranslation();
  const { data = [] } = useStandings();
  const [leaving, setLeaving] = useState<Standing | null>(null);
  const rows = data.filter((standing) => standing.role === role);
  const columns: readonly Column<Standing>[] = [
    {
      key: "where",
      header: t("standing.where"),
      cell: ({ hospital }) => (hospital ? <HospitalName id={hospital.id} /> : t("standing.registry")),
    },
    {
      key: "status",
      header: t("standing.you"),
      cell: ({ status }) => <StatusBadge tone={statusTones[status]}>{t(`standing.status.${status}`)}</StatusBadge>,
    },
    {
      key: "accreditation",
      header: t("standing.accreditation"),
      cell: ({ hospital }) =>
        hospital && (
          <StatusBadge tone={accreditationTones[hospital.accreditation]}>
            {t(`standing.accredited.${hospital.accreditation}`)}
          </StatusBadge>
        ),
    },
    {
      key: "since",
      header: t("standing.since"),
      cell: ({ since }) => (since > 0 ? <Time seconds={since} show="date" /> : null),
    },
    {
      key: "leave",
      header: t("standing.leave.header"),
      cell: (standing) =>
        mayLeave(standing) && (
          <button type="button" className="btn btn-quiet" onClick={() => setLeaving(standing)}>
            {t(standing.status === "requested" ? "standing.leave.withdraw" : "standing.leave.leave")}
          </button>
        ),
    },
  ];
  const inHospital = rows.some(({ hospital }) => hospital !== null);
  const dated = rows.some(({ since }) => since > 0);
  const needed: Readonly<Record<string, boolean>> = {
    accreditation: inHospital,
    since: dated,
    leave: rows.some(mayLeave),
  };
  const shown = columns.filter(({ key }) => needed[key] ?? true);
  return (
    <Page title={t(`standing.title.${role}`)}>
      <p className="ck-2 mt-2 mb-5 ck-measure">{t(`standing.intro.${role}`)}</p>
      <DataTable
        caption={t("standing.caption")}
        columns={shown}
        rows={rows}
        rowKey={({ hospital }) => String(hospital?.id ?? 0)}
      />
      {leaving?.hospital && (
        <LeaveDialog standing={leaving} id={leaving.hospital.id} onClose={() => setLeaving(null)} />
      )}
    </Page>
  );
}
