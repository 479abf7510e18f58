import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { Address } from "viem";
import { BackLink } from "../../components/BackLink.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { PaperPage } from "../../components/PaperPage.tsx";
import type { Chart } from "../../lib/chart/useChart.ts";
import { orderContentOf } from "../../lib/patient/orderContent.ts";
import { PatientFrame } from "./PatientFrame.tsx";
import { useOwnOrders } from "./queries.ts";
import { usePatient } from "./usePatient.ts";

/** One prescription that the doctor signed, as a paper to print. */
export default function PrescriptionPage() {
  return (
    <PatientFrame>
      {({ grant, chart, name }) => <Paper patient={grant.patient} chart={chart} name={name} />}
    </PatientFrame>
  );
}

interface PaperProps {
  readonly patient: Address;
  readonly chart: Chart;
  readonly name: string;
}

function Paper({ patient, chart, name }: PaperProps) {
  const { t } = useTranslation("doctor");
  const { id = "" } = useParams();
  const { data, error, refetch } = useOwnOrders();
  const { birthDate } = usePatient(patient);
  const order = data?.find((each) => each.id === id);
  const content = orderContentOf(chart.items, id);
  const time = chart.items.find(({ recordId }) => recordId === id)?.time;
  const back = { label: t("frame.toChart"), to: `/doctor/patients/${patient}` };
  return (
    <div className="mt-4">
      <BackLink to={back.to}>{back.label}</BackLink>
      {error && !data && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!error && !data && <Loading />}
      {order && content && time !== undefined && (
        <PaperPage
          order={order}
          content={content}
          time={time}
          patient={{ name, ...(birthDate ? { birthDate } : {}) }}
        />
      )}
      {data && !(order && content) && (
        <EmptyState kind="noData" title={t("orders.gone")} text={t("orders.goneText")} action={back} />
      )}
    </div>
  );
}
