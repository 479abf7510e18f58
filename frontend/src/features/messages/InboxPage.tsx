import { sameAddress } from "@chartkey/sdk";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useChart, useOpenedCharts, type Chart } from "../../lib/chart/useChart.ts";
import { Limits } from "./Limits.tsx";
import { POLL } from "./poll.ts";
import { ThreadList } from "./ThreadList.tsx";
import { useCorrespondence, useUnread } from "./useCorrespondence.ts";

interface InboxPageProps {
  /** Who shares messages with the doctor; undefined until it is known. */
  readonly patients: readonly Address[] | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly nameOf: (patient: Address) => ReactNode;
}

/** A doctor's conversations by patient: of the charts that were opened already, and of the others when they are asked for. */
export function InboxPage({ patients, error, onRetry, nameOf }: InboxPageProps) {
  const { t } = useTranslation("messages");
  const charts = useOpenedCharts();
  const [asked, setAsked] = useState(false);
  const shared = patients?.map((patient) => ({
    patient,
    chart: charts.find((chart) => sameAddress(chart.patient, patient)),
  }));
  const closed = shared?.filter(({ chart }) => !chart) ?? [];
  return (
    <Page title={t("title")}>
      <Limits />
      {error !== null && <ErrorNotice error={error} actions={{ retry: onRetry }} />}
      {!shared && error === null && <Loading />}
      {shared?.length === 0 && (
        <EmptyState
          kind="noPermission"
          title={t("inbox.nobody")}
          text={t("inbox.nobodyText")}
          action={{ label: t("inbox.patients"), to: "/doctor/patients" }}
        />
      )}
      {shared?.map(({ patient, chart }) => chart && <OfPatient key={patient} chart={chart} name={nameOf(patient)} />)}
      {closed.length > 0 && (
        <section className="ck-gap">
          <p className="ck-measure" role="status">
            {asked ? t("inbox.looking", { count: closed.length }) : t("inbox.closed", { count: closed.length })}
          </p>
          {asked ? (
            closed.map(({ patient }) => <Opening key={patient} patient={patient} name={nameOf(patient)} />)
          ) : (
            <button type="button" className="btn btn-plain" onClick={() => setAsked(true)}>
              {t("inbox.look")}
            </button>
          )}
        </section>
      )}
    </Page>
  );
}

/** Opens a chart, which then is among those that are open. */
function Opening({ patient, name }: { readonly patient: Address; readonly name: ReactNode }) {
  const { error, refetch } = useChart(patient);
  if (!error) return null;
  return (
    <>
      <p className="mb-1">{name}</p>
      <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
    </>
  );
}

function OfPatient({ chart, name }: { readonly chart: Chart; readonly name: ReactNode }) {
  const { t } = useTranslation("messages");
  useChart(chart.patient, POLL);
  const { threads } = useCorrespondence(chart);
  const unread = useUnread(chart.patient);
  const path = `/doctor/patients/${chart.patient}/messages`;
  return (
    <section className="mt-4">
      <h2 className="mb-3">{name}</h2>
      {threads.length === 0 ? (
        <p className="ck-2">{t("none")}</p>
      ) : (
        <ThreadList threads={threads} unread={unread} pathOf={({ key }) => `${path}/${key}`} />
      )}
    </section>
  );
}
