import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConnection } from "wagmi";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useAppConfig } from "../../lib/config/context.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { useCurrentRole } from "../../lib/roles/current.ts";
import { useRoles } from "../../lib/roles/useRoles.ts";
import { ExampleGrants } from "./ExampleGrants.tsx";
import { Doors } from "./Doors.tsx";

const facts = ["encryption", "revocation", "pseudonyms"] as const;

/** What Chartkey is, what to know before, and the way to one's own pages. */
export default function HomePage() {
  const { t } = useTranslation("home");
  const { development } = useAppConfig();
  const { isConnected } = useConnection();
  const { roles, isPending } = useRoles();
  const role = useCurrentRole(roles);
  return (
    <Page title={t("title")} ownHeading>
      <section className="ck-hero">
        <div>
          <h1 tabIndex={-1}>{t("title")}</h1>
          <p className="ck-lead">{t("lead")}</p>
          <div className="ck-actions">
            {isConnected && role ? (
              <Link className="btn btn-primary btn-lg" to={`/${role}`}>
                {t("open")}
              </Link>
            ) : (
              <button type="button" className="btn btn-primary btn-lg" onClick={() => openConnectDialog()}>
                <Icon name="wallet" />
                {t(isConnected ? "connectOther" : "connect")}
              </button>
            )}
            <Link className="btn btn-quiet btn-lg" to="/audit">
              {t("check")}
            </Link>
          </div>
        </div>
        <ExampleGrants />
      </section>
      {isConnected && !role && !isPending && (
        <Notice className="mb-4" title={t("common:empty.notRegistered.title")} live="status">
          <p>{t("common:empty.notRegistered.text")}</p>
          <p className="ck-actions mt-2">
            <Link to="/claim">{t("common:empty.notRegistered.claim")}</Link>
            <Link to="/hospital/new">{t("common:empty.notRegistered.create")}</Link>
          </p>
        </Notice>
      )}
      {development && (
        <Notice
          tone="warn"
          className="mb-5"
          title={t("practice.title")}
          action={
            <button type="button" className="btn btn-plain btn-sm" onClick={() => openConnectDialog("development")}>
              {t("practice.action")}
            </button>
          }
        >
          {t("practice.text")}
        </Notice>
      )}
      <section className="ck-gap">
        <h2 className="mb-4">{t("facts.title")}</h2>
        <div className="ck-grid3">
          {facts.map((fact) => (
            <div key={fact} className="ck-rule-t">
              <h3>{t(`facts.${fact}.title`)}</h3>
              <p className="ck-2 mt-2 mb-0">{t(`facts.${fact}.text`)}</p>
            </div>
          ))}
        </div>
        <p className="mt-4 mb-0">
          <Link to="/protection">{t("common:footer.protection")}</Link>
        </p>
      </section>
      <Doors />
    </Page>
  );
}
