import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { CardPaper } from "./CardPaper.tsx";
import { useCandidates, useOwnSet } from "./cardQueries.ts";
import { SetForm } from "./SetForm.tsx";
import { SetView } from "./SetView.tsx";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

/** The accredited hospitals at which the patient is enrolled now. */
function useOwnHospitals() {
  const { data: standings } = useStandings();
  const { data: hospitals } = useHospitals();
  const own = standings?.flatMap(({ role, status, hospital }) =>
    role === "patient" && status === "active" && hospital?.accreditation === "accredited" ? [hospital.id] : [],
  );
  return own && hospitals?.filter(({ id }) => own.includes(id));
}

/** What the patient prepares for an emergency: the set, its card, and the hospitals that may hand it over. */
export default function CardPage() {
  const { t } = useTranslation("card");
  const own = useOwnSet();
  const candidates = useCandidates();
  const hospitals = useOwnHospitals();
  const [editing, setEditing] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const [published, setPublished] = useState(false);
  const set = own.data ?? null;
  // A set that cannot be read now can still be replaced.
  const isKnown = own.data !== undefined || own.error !== null;
  const showsForm = isKnown && (editing || set === null);
  const unopened = candidates.data?.unopened ?? 0;
  return (
    <Page title={t("title")} narrow ownHeading>
      <BackLink to="/patient">{t("back")}</BackLink>
      <h1 tabIndex={-1}>{t("title")}</h1>
      <p className="ck-2 mt-2 ck-measure">{t("what")}</p>
      {own.error && <ErrorNotice error={own.error} actions={{ retry: () => void own.refetch() }} />}
      {candidates.error && (
        <ErrorNotice error={candidates.error} actions={{ retry: () => void candidates.refetch() }} />
      )}
      {(!isKnown || (showsForm && !(candidates.data && hospitals) && !candidates.error)) && <Loading />}
      {published && !editing && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("published")}
        </Notice>
      )}
      {set && !editing && (
        <>
          <SetView content={set.content} asOf={set.asOf} newer={set.newer} />
          <p className="mt-4">
            {set.hospitals.length === 0 ? t("noHospital") : t("someHospitals", { count: set.hospitals.length })}
          </p>
          <div className="ck-actions mb-4">
            <button type="button" className="btn btn-plain" onClick={() => setEditing(true)}>
              {t("change")}
            </button>
            <button type="button" className="btn btn-stop" onClick={() => setWithdrawing(true)}>
              {t("withdraw.action")}
            </button>
          </div>
          <h2 className="ck-gap mb-3">{t("paper.heading")}</h2>
          <CardPaper code={set.code} content={set.content} />
        </>
      )}
      {showsForm && unopened > 0 && (
        <Notice className="mt-4" tone="warn">
          {t("unopened", { count: unopened })}
        </Notice>
      )}
      {showsForm && candidates.data && hospitals && (
        <section className="mt-4">
          <SetForm
            candidates={candidates.data}
            hospitals={hospitals}
            before={set}
            onDone={() => {
              setEditing(false);
              setPublished(true);
            }}
          />
        </section>
      )}
      {withdrawing && (
        <WithdrawDialog
          onClose={() => {
            setWithdrawing(false);
            setPublished(false);
          }}
        />
      )}
    </Page>
  );
}
