import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { BackLink } from "../../components/BackLink.tsx";
import { Title } from "../../components/Title.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { ControlDialog } from "./ControlDialog.tsx";
import { EntryView } from "./EntryView.tsx";
import { useItemTitle } from "../../lib/chart/useItemTitle.ts";
import { RecordMenu, type RecordAct } from "./RecordMenu.tsx";
import { ShareDialog } from "./ShareDialog.tsx";
import { findItem, partsOf } from "./sections.ts";

/** One entry of the patient's own chart. */
export default function PatientEntryPage() {
  const { t } = useTranslation("chart");
  const { key } = useParams();
  const address = usePatientAccount();
  const { data, error, refetch } = useChart(address);
  const title = useItemTitle();
  // What is asked about stays as it was when it was asked, while the chart behind it is read again.
  const [asked, setAsked] = useState<{ readonly act: RecordAct; readonly item: ChartItem } | null>(null);
  const item = findItem(data?.items ?? [], key);
  const back = { label: t("back"), to: "/patient/chart" };
  return (
    <Page title={item ? title(item) : t("entry")} narrow ownHeading>
      <BackLink to={back.to}>{back.label}</BackLink>
      {item && (
        <div className="d-flex flex-wrap gap-3 align-items-start">
          <h1 tabIndex={-1}>
            <Title resource={item.resource}>{title(item)}</Title>
          </h1>
          <div className="ms-auto">
            <RecordMenu item={item} onChoose={(act) => setAsked({ act, item })} />
          </div>
        </div>
      )}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading what={t("opening")} />}
      {data && !item && (
        <EmptyState kind="noData" level={1} title={t("gone.title")} text={t("gone.text")} action={back} />
      )}
      {item && <EntryView item={item} items={data?.items ?? []} messagesPath="/patient/messages" />}
      {asked?.act === "share" && (
        <ShareDialog item={asked.item} title={title(asked.item)} onClose={() => setAsked(null)} />
      )}
      {asked && asked.act !== "share" && (
        <ControlDialog
          act={asked.act}
          item={asked.item}
          title={title(asked.item)}
          parts={partsOf(data?.items ?? [], asked.item)}
          onClose={() => setAsked(null)}
        />
      )}
    </Page>
  );
}
