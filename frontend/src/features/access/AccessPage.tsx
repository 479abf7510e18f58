import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { UpToDate } from "../../components/UpToDate.tsx";
import { useActing, usePatientAccount } from "../../lib/acting/acting.ts";
import { useMayDo } from "../../lib/acting/useTies.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { grantState, type Grant } from "../../lib/patient/grants.ts";
import { useGrants } from "../../lib/patient/useGrants.ts";
import { doneIn } from "./done.ts";
import { GrantList } from "./GrantList.tsx";
import { RequestsSection } from "./RequestsSection.tsx";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { SealAgainDialog } from "./SealAgainDialog.tsx";
import { SharesSection } from "./SharesSection.tsx";
import { VisitStays } from "./VisitStays.tsx";

/** Who can read the patient's chart, and until when. */
export default function AccessPage() {
  const { t } = useTranslation("access");
  const done = doneIn(useLocation().state, usePatientAccount());
  const { data: hospitals } = useHospitals();
  const { data, error, refetch } = useGrants();
  const [ending, setEnding] = useState<Grant | null>(null);
  const [sealing, setSealing] = useState<Grant | null>(null);
  const now = useNow();
  const forOther = useActing()?.as === "delegate";
  const mayGive = useMayDo("grant");
  const mayEnd = useMayDo("revoke");
  // Sealing again takes the key of the chart, which a delegate has not.
  const end = { ...(mayEnd ? { onEnd: setEnding } : {}), ...(forOther ? {} : { onSealAgain: setSealing }) };
  const active = data?.grants.filter((grant) => grantState(grant, now) === "active") ?? [];
  const other = data?.grants.filter((grant) => grantState(grant, now) !== "active") ?? [];
  const give = (
    <Link className="btn btn-primary" to="/patient/access/new">
      {t("give")}
    </Link>
  );
  const asOf = data && <UpToDate block={data.blockNumber} />;
  return (
    <Page title={t("title")} {...(active.length > 0 && mayGive ? { actions: give } : {})} {...(asOf ? { asOf } : {})}>
      {done && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t(`done.${done.done}`, { name: staffName(hospitals, done.grantee) ?? shortHex(done.grantee) })}
          {done.done === "ended" && <VisitStays doctor={done.grantee} />}
        </Notice>
      )}
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      {!forOther && <RequestsSection />}
      {!data && !error && <Loading />}
      {data && active.length === 0 && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("empty.title")}
            text={t("empty.text")}
            {...(mayGive ? { action: { label: t("give"), to: "/patient/access/new", primary: true } } : {})}
          />
        </div>
      )}
      {active.length > 0 && (
        <section className="mt-4">
          <GrantList label={t("title")} grants={active} {...end} />
          {mayEnd && !forOther && (
            <dl className="ck-def mt-4">
              <dt>{t("end")}</dt>
              <dd>{t("endText")}</dd>
              <dt>{t("strong.action")}</dt>
              <dd>{t("strong.text")}</dd>
            </dl>
          )}
        </section>
      )}
      {other.length > 0 && (
        <section className="ck-gap">
          <h2 className="mb-3">{t("otherTitle")}</h2>
          <p className="ck-2 ck-measure">{t("otherText")}</p>
          <GrantList label={t("otherTitle")} grants={other} {...end} />
        </section>
      )}
      {!forOther && <SharesSection />}
      {!forOther && (
        <p className="d-flex flex-wrap column-gap-4 ck-gap mb-0">
          <Link className="ck-tap" to="/patient/links">
            {t("links")}
          </Link>
          <Link className="ck-tap" to="/patient/access/deliveries">
            {t("deliveries")}
          </Link>
          <Link className="ck-tap" to="/patient/people">
            {t("people")}
          </Link>
        </p>
      )}
      {ending && <RevokeDialog grant={ending} onClose={() => setEnding(null)} />}
      {sealing && <SealAgainDialog grant={sealing} onClose={() => setSealing(null)} />}
    </Page>
  );
}
