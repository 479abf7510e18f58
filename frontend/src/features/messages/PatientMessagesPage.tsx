import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { UpToDate } from "../../components/UpToDate.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { ChartMessages } from "./ChartMessages.tsx";

const WRITE = "/patient/add?way=message";

/** The patient's conversations. */
export default function PatientMessagesPage() {
  const { t } = useTranslation("messages");
  const { data, error, refetch } = useChart(usePatientAccount());
  const asOf = data && <UpToDate block={data.blockNumber} />;
  return (
    <Page
      title={t("title")}
      actions={
        <Link className="btn btn-primary" to={WRITE}>
          {t("write")}
        </Link>
      }
      {...(asOf ? { asOf } : {})}
    >
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      {!data && !error && <Loading what={t("opening")} />}
      {data && (
        <ChartMessages
          chart={data}
          path="/patient/messages"
          entryPath={({ key }) => `/patient/chart/${key}`}
          emptyAction={{ label: t("write"), to: WRITE }}
        />
      )}
    </Page>
  );
}
