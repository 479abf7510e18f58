import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { ownProfile } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { comeBackIn } from "../../lib/patient/comeBack.ts";
import { ProfileForm } from "./ProfileForm.tsx";

/** What the patient tells of himself, as the first entry of the chart. */
export default function ProfilePage() {
  const { t } = useTranslation("profile");
  const address = usePatientAccount();
  const { data, error, refetch } = useChart(address);
  const back = comeBackIn(useLocation().state, address);
  return (
    <Page title={t("title")} narrow ownHeading>
      <BackLink to={back?.to ?? "/patient"} state={back?.state}>
        {t(back ? `backTo.${back.label}` : "back")}
      </BackLink>
      <h1 tabIndex={-1}>{t("title")}</h1>
      <p className="ck-2 mt-2 ck-measure">{t("intro")}</p>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data && address && <ProfileForm key={address} before={ownProfile(data.items, address)} back={back} />}
    </Page>
  );
}
