import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { UpToDate } from "../../components/UpToDate.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { ownProfile } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { AccessSection } from "./AccessSection.tsx";
import { ConfirmationNotice } from "./ConfirmationNotice.tsx";
import { EmergencyNotice } from "./EmergencyNotice.tsx";
import { FirstAccessNotice } from "./FirstAccessNotice.tsx";
import { NewestSection } from "./NewestSection.tsx";
import { NextVisit } from "./NextVisit.tsx";
import { PrescriptionSection } from "./PrescriptionSection.tsx";
import { RequestNotice } from "./RequestNotice.tsx";
import { StagedNotice } from "./StagedNotice.tsx";

const places = [
  ["/patient/messages", "messages"],
  ["/patient/people", "people"],
  ["/patient/successor", "successor"],
  ["/patient/emergency-card", "emergencyCard"],
  ["/patient/emergencies", "emergencies"],
] as const;

/** What matters to a patient now: the next visit, what is new in the chart, medicines, and who can read the chart. */
export default function OverviewPage() {
  const { t } = useTranslation("overview");
  const address = usePatientAccount();
  const { data, error, refetch } = useChart(address);
  const name = data && address ? ownProfile(data.items, address)?.name?.[0]?.text : undefined;
  const asOf = data && data.items.length > 0 && <UpToDate block={data.blockNumber} />;
  const actions = (
    <div className="ck-actions">
      <Link className="btn btn-plain" to="/patient/visits/new">
        {t("book")}
      </Link>
      <Link className="btn btn-primary" to="/patient/access/new">
        {t("give")}
      </Link>
    </div>
  );
  return (
    <Page title={name ?? t("title")} actions={actions} {...(asOf ? { asOf } : {})}>
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
        </div>
      )}
      <EmergencyNotice />
      {data && <FirstAccessNotice />}
      <ConfirmationNotice />
      <StagedNotice />
      <RequestNotice />
      <div className="ck-cols">
        <div className="ck-stack">
          <NextVisit />
          {address && <NewestSection items={data?.items} patient={address} />}
          <PrescriptionSection items={data?.items} />
        </div>
        <div className="ck-stack">
          <AccessSection />
          {data && name === undefined ? (
            <Notice tone="ink" title={t("noProfile.title")}>
              <p>{t("noProfile.text")}</p>
              <Link className="ck-tap mt-1" to="/patient/profile">
                {t("noProfile.action")}
              </Link>
            </Notice>
          ) : (
            <p className="mb-0">
              <Link className="ck-tap" to="/patient/profile">
                {t("profile")}
              </Link>
            </p>
          )}
          <ul className="list-unstyled mb-0">
            <li>
              <Link className="ck-tap" to="/patient/hospitals">
                {t("hospitals")}
              </Link>
            </li>
            {places.map(([to, label]) => (
              <li key={to}>
                <Link className="ck-tap" to={to}>
                  {t(`places.${label}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Page>
  );
}
