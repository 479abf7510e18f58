import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { useOwnActor } from "../../lib/chart/useOwnActor.ts";
import { Answer } from "./Answer.tsx";
import { Conversation } from "./Conversation.tsx";
import { Limits } from "./Limits.tsx";

const LIST = "/patient/messages";

/** One conversation of the patient's, and the way to answer. */
export default function PatientConversationPage() {
  const { t } = useTranslation("messages");
  const { key = "" } = useParams();
  const { data, error, refetch } = useChart(usePatientAccount());
  const own = useOwnActor();
  return (
    <Page title={t("title")} narrow ownHeading>
      <BackLink to={LIST}>{t("back")}</BackLink>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading what={t("opening")} />}
      {data && (
        <Conversation
          chart={data}
          messageKey={key}
          heading="h1"
          back={{ label: t("back"), to: LIST }}
          entryPath={({ key: entry }) => `/patient/chart/${entry}`}
        >
          {(thread) => (
            <>
              <Answer chart={data} thread={thread} whose="own" subject={own} author={own} />
              <Limits />
            </>
          )}
        </Conversation>
      )}
    </Page>
  );
}
