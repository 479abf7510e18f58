import { isOpen, type Emergency } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { EmergencyFacts } from "./EmergencyFacts.tsx";
import { useHospitalEmergencies, useReviewed } from "./queries.ts";
import { HandOver } from "./HandOver.tsx";
import { ReviewDialog } from "./ReviewDialog.tsx";

/** For a hospital's reviewer: emergencies to judge, then those that were judged. */
export default function ReviewPage() {
  const { t } = useTranslation("emergency");
  const reviewed = useReviewed();
  const { data, error, refetch } = useHospitalEmergencies(reviewed.data);
  const [judging, setJudging] = useState<Emergency | null>(null);
  const now = useNow();
  const failure = reviewed.error ?? error;
  const waiting = data?.filter(({ outcome }) => outcome === "none") ?? [];
  const done = data?.filter(({ outcome }) => outcome !== "none") ?? [];
  const list = (emergencies: readonly Emergency[], label: string) => (
    <ul className="ck-list" aria-label={label}>
      {emergencies.map((emergency) => (
        <li key={`${emergency.hospital}|${emergency.number}`} className="d-block">
          <EmergencyFacts emergency={emergency} withPatient />
          <HandOver emergency={emergency} />
          {emergency.outcome === "none" && !isOpen(emergency, now) && (
            <button type="button" className="btn btn-plain btn-sm mt-2" onClick={() => setJudging(emergency)}>
              {t("review.action")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
  if (reviewed.data?.length === 0)
    return (
      <Page title={t("review.title")} ownHeading narrow>
        <EmptyState
          kind="noPermission"
          level={1}
          title={t("review.notReviewer")}
          text={t("review.notReviewerText")}
          action={{ label: t("review.home"), to: "/" }}
        />
      </Page>
    );
  return (
    <Page title={t("review.title")}>
      <p className="ck-2 mt-2 ck-measure">{t("review.what")}</p>
      {failure && <ErrorNotice error={failure} actions={{ retry: () => void refetch() }} />}
      {!data && !failure && <Loading />}
      {data && (
        <section className="mt-4">
          <h2 className="mb-3">{t("review.waiting")}</h2>
          {waiting.length === 0 ? (
            <p className="ck-2">{t("review.noneWaiting")}</p>
          ) : (
            list(waiting, t("review.waiting"))
          )}
        </section>
      )}
      {done.length > 0 && (
        <section className="ck-gap">
          <h2 className="mb-3">{t("review.done")}</h2>
          {list(done, t("review.done"))}
        </section>
      )}
      {judging && <ReviewDialog emergency={judging} onClose={() => setJudging(null)} />}
    </Page>
  );
}
