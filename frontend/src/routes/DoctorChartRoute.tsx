import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ChartView } from "../features/chart/ChartView.tsx";
import { ChartActions } from "../features/doctor/ChartActions.tsx";
import { OwnOrders } from "../features/doctor/OwnOrders.tsx";
import { PatientFrame } from "../features/doctor/PatientFrame.tsx";
import { VisitReason } from "../features/doctor/VisitReason.tsx";
import { hasCategory } from "../lib/format/categories.ts";

/** A patient's chart as far as it is shared with the doctor. */
export default function DoctorChartRoute() {
  const { t } = useTranslation("messages");
  return (
    <PatientFrame>
      {({ grant, chart, name, isCurrent }) => (
        <>
          <VisitReason patient={grant.patient} />
          <ChartActions grant={grant} items={chart.items} />
          {hasCategory(grant.read, 9) && (
            <p className="mt-2 mb-0">
              <Link className="ck-tap gap-2" to={`/doctor/patients/${grant.patient}/messages`}>
                {t("title")}
              </Link>
            </p>
          )}
          <ChartView
            items={chart.items}
            isCurrent={isCurrent}
            pathOf={({ key }) => `/doctor/patients/${grant.patient}/entry/${key}`}
            whose="patient"
          />
          <OwnOrders patient={grant.patient} chart={chart} name={name} />
        </>
      )}
    </PatientFrame>
  );
}
