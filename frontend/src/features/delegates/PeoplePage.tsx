import type { Mandate } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { ActList } from "./ActList.tsx";
import { MandateList } from "./MandateList.tsx";
import { useMandates } from "./queries.ts";
import { RemoveDialog } from "./RemoveDialog.tsx";

const NEW = "/patient/people/new";

/** Who may act for the patient, what they may do and until when, and what they did. */
export default function PeoplePage() {
  const { t } = useTranslation(["delegates", "access"]);
  const { state } = useLocation();
  const { data, error, refetch } = useMandates();
  const [ending, setEnding] = useState<Mandate | null>(null);
  const mandates = data?.mandates ?? [];
  const add = (
    <Link className="btn btn-primary" to={NEW}>
      {t("add")}
    </Link>
  );
  return (
    <Page title={t("title")} ownHeading>
      <BackLink to="/patient/access">{t("access:title")}</BackLink>
      <div className="ck-title">
        <h1 tabIndex={-1}>{t("title")}</h1>
        {mandates.length > 0 && add}
      </div>
      <p className="ck-2 mt-2 ck-measure">{t("what")}</p>
      {(state === "appointed" || state === "removed") && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t(`done.${state}`)}
        </Notice>
      )}
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data && mandates.length === 0 && (
        <EmptyState
          kind="noData"
          title={t("empty.title")}
          text={t("empty.text")}
          action={{ label: t("add"), to: NEW, primary: true }}
        />
      )}
      {mandates.length > 0 && <MandateList mandates={mandates} onEnd={setEnding} />}
      {data && data.acts.length > 0 && <ActList acts={data.acts} />}
      <Notice className="mt-5" title={t("child.title")}>
        {t("child.text")}
      </Notice>
      {ending && <RemoveDialog mandate={ending} onClose={() => setEnding(null)} />}
    </Page>
  );
}
