import type { AcceptedStaged } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useStaged } from "../../lib/patient/useStaged.ts";
import { AcceptedReport } from "./AcceptedReport.tsx";
import { WaitingView } from "./WaitingView.tsx";

/** What a hospital prepared before the patient had a key: to add to the chart, or to decline. */
export default function StagedPage() {
  const { t } = useTranslation("staged");
  const { data, error, refetch } = useStaged();
  const [accepted, setAccepted] = useState<AcceptedStaged | null>(null);
  const [declined, setDeclined] = useState(false);
  return (
    <Page title={t("title")} narrow ownHeading>
      <BackLink to="/patient">{t("back")}</BackLink>
      <h1 tabIndex={-1}>{t("title")}</h1>
      {accepted && <AcceptedReport result={accepted} />}
      {declined && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("declined")}
        </Notice>
      )}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.map((waiting) => (
        <WaitingView
          key={waiting.invitation.voucher.claimKey}
          waiting={waiting}
          onAccepted={setAccepted}
          onDeclined={() => setDeclined(true)}
        />
      ))}
      {data?.length === 0 && !accepted && !declined && (
        <Notice className="mt-4" title={t("none")}>
          {t("noneText")}
        </Notice>
      )}
    </Page>
  );
}
