import { ChartView } from "../features/chart/ChartView.tsx";
import { ChartActions } from "../features/doctor/ChartActions.tsx";
import { OwnOrders } from "../features/doctor/OwnOrders.tsx";
import { PatientFrame } from "../features/doctor/PatientFrame.tsx";

/** A patient's chart as far as it is shared with the doctor. */
export default function DoctorChartRoute() {
  return (
    <PatientFrame>
      {({ grant, chart, name }) => (
        <>
          <ChartActions grant={grant} items={chart.items} />
          <ChartView
            items={chart.items}
            pathOf={({ key }) => `/doctor/patients/${grant.patient}/entry/${key}`}
            whose="patient"
          />
          <OwnOrders patient={grant.patient} chart={chart} name={name} />
        </>
      )}
    </PatientFrame>
  );
}
