import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { BackLink } from "../../components/BackLink.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { EntryView } from "./EntryView.tsx";
import { useItemTitle } from "./ItemTitle.tsx";

/** One entry of the patient's own chart. */
export default function PatientEntryPage() {
  const { t } = useTranslation("chart");
  const { key } = useParams();
  const address = usePatientAccount();
  const { data, error, refetch } = useChart(address);
  const title = useItemTitle();
  const item = data?.items.find((candidate) => candidate.key === key);
  const back = { label: t("back"), to: "/patient/chart" };
  return (
    <Page title={item ? title(item) : t("entry")} narrow ownHeading>
      <BackLink to={back.to}>{back.label}</BackLink>
      {item && (
        <h1 tabIndex={-1}>
          <bdi>{title(item)}</bdi>
        </h1>
      )}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading what={t("opening")} />}
      {data && !item && (
        <EmptyState kind="noData" level={1} title={t("gone.title")} text={t("gone.text")} action={back} />
      )}
      {item && <EntryView item={item} />}
    </Page>
  );
}
