import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { useHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { AccreditationDialog } from "./AccreditationDialog.tsx";

const tones: Readonly<Record<ListedHospital["accreditation"], StatusTone>> = {
  none: "plain",
  pending: "wait",
  accredited: "ok",
  suspended: "bad",
};

/** Hospitals that wait for accreditation, and all of them. */
export default function RegistrarPage() {
  const { t } = useTranslation("registrar");
  const { data, error, refetch } = useHospitals();
  const [opened, setOpened] = useState<number | null>(null);
  const current = data?.find(({ id }) => id === opened);
  const waiting = data?.filter(({ accreditation }) => accreditation === "pending") ?? [];
  const nameOf = ({ id, listing }: ListedHospital) => listing?.name ?? t("common:standing.hospital", { id });
  const action = (hospital: ListedHospital) => (
    <button type="button" className="btn btn-plain btn-sm" onClick={() => setOpened(hospital.id)}>
      {t(`act.${hospital.accreditation}`)}
      <span className="visually-hidden"> {nameOf(hospital)}</span>
    </button>
  );
  const columns: readonly Column<ListedHospital>[] = [
    { key: "name", header: t("name"), cell: (hospital) => <bdi>{nameOf(hospital)}</bdi> },
    { key: "number", header: t("number"), cell: ({ id }) => id },
    { key: "contract", header: t("contract"), cell: ({ address }) => <Address value={address} /> },
    {
      key: "state",
      header: t("state"),
      cell: ({ accreditation }) => (
        <StatusBadge tone={tones[accreditation]}>{t(`common:standing.accredited.${accreditation}`)}</StatusBadge>
      ),
    },
    { key: "action", header: t("action"), numeric: true, cell: action },
  ];
  return (
    <Page title={t("title")}>
      {error && !data && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("none")}
            text={t("noneText")}
            action={{ label: t("refresh"), onClick: () => void refetch() }}
          />
        </div>
      )}
      {data && data.length > 0 && (
        <div className="ck-stack mt-5">
          <section className="ck-sec">
            <header>
              <h2>{t("waiting")}</h2>
            </header>
            {waiting.length === 0 ? (
              <p className="ck-2 mb-0">{t("nobodyWaits")}</p>
            ) : (
              <ul className="ck-list">
                {waiting.map((hospital) => (
                  <li key={hospital.id} className="ck-wrap">
                    <div className="ck-grow">
                      <p className="ck-row-title">
                        <bdi>{nameOf(hospital)}</bdi>
                      </p>
                      <div className="ck-meta d-flex flex-wrap column-gap-2">
                        {t("common:standing.hospital", { id: hospital.id })} <Address value={hospital.address} />
                      </div>
                    </div>
                    <div className="ck-end">{action(hospital)}</div>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="ck-sec">
            <header>
              <h2>{t("all")}</h2>
            </header>
            <DataTable caption={t("all")} columns={columns} rows={data} rowKey={({ id }) => String(id)} />
          </section>
        </div>
      )}
      {current && <AccreditationDialog hospital={current} onClose={() => setOpened(null)} />}
    </Page>
  );
}
