import type { Visit } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { FeeCredit } from "../../components/FeeCredit.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { isAhead, usePatientVisits } from "../../lib/patient/useVisits.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { MoveDialog } from "./MoveDialog.tsx";
import { VisitList } from "./VisitList.tsx";

/** The patient's visits: those to come, then the others. */
export default function VisitsPage() {
  const { t } = useTranslation("visits");
  const { state } = useLocation();
  const { data, error, refetch } = usePatientVisits();
  const [cancelling, setCancelling] = useState<Visit | null>(null);
  const [moving, setMoving] = useState<Visit | null>(null);
  const now = useNow();
  const ahead = data?.filter((visit) => isAhead(visit, now)) ?? [];
  const others = data?.filter((visit) => !isAhead(visit, now)).reverse() ?? [];
  const book = (
    <Link className="btn btn-primary" to="/patient/visits/new">
      {t("book")}
    </Link>
  );
  return (
    <Page title={t("title")} {...(ahead.length > 0 ? { actions: book } : {})}>
      {(state === "booked" || state === "cancelled" || state === "moved") && (
        <Notice
          className="mt-4"
          icon="checkCircle"
          live="status"
          {...(state === "booked" && { action: <Link to="/patient/access/new">{t("done.give")}</Link> })}
        >
          {t(`done.${state}`)}
          {state === "booked" && <> {t("done.bookedMore")}</>}
        </Notice>
      )}
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      <FeeCredit />
      {!data && !error && <Loading />}
      {data && ahead.length === 0 && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("empty.title")}
            text={t("empty.text")}
            action={{ label: t("book"), to: "/patient/visits/new", primary: true }}
          />
        </div>
      )}
      {ahead.length > 0 && (
        <section className="mt-4">
          <h2 className="mb-3">{t("ahead")}</h2>
          <VisitList label={t("ahead")} visits={ahead} onCancel={setCancelling} onMove={setMoving} />
        </section>
      )}
      {others.length > 0 && (
        <section className="ck-gap">
          <h2 className="mb-3">{t("past")}</h2>
          <VisitList label={t("past")} visits={others} />
        </section>
      )}
      {moving && <MoveDialog visit={moving} onClose={() => setMoving(null)} />}
      {cancelling && <CancelDialog visit={cancelling} onClose={() => setCancelling(null)} />}
    </Page>
  );
}
