import { useTranslation } from "react-i18next";
import { BackLink } from "../components/BackLink.tsx";
import { Page } from "../components/Page.tsx";
import { HospitalKey } from "../features/emergency/HospitalKey.tsx";
import { Reviewers } from "../features/emergency/Reviewers.tsx";
import { OwnHospital } from "../features/hospital/OwnHospital.tsx";

/** An administrator appoints those who judge the hospital's emergency accesses. */
export default function ReviewersRoute() {
  const { t } = useTranslation("emergency");
  return (
    <OwnHospital>
      {(hospital) => (
        <Page title={t("reviewers.title")} narrow ownHeading>
          <BackLink to="/hospital">
            {hospital.listing?.name ?? t("common:standing.hospital", { id: hospital.id })}
          </BackLink>
          <h1 tabIndex={-1}>{t("reviewers.title")}</h1>
          <p className="ck-2 mt-2 ck-measure">{t("reviewers.what")}</p>
          <Reviewers key={hospital.id} hospital={hospital} />
          <HospitalKey hospital={hospital} />
        </Page>
      )}
    </OwnHospital>
  );
}
