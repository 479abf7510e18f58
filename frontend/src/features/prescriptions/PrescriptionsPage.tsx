import { orderState, type Order } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { UpToDate } from "../../components/UpToDate.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useDispensings, usePatientOrders } from "../../lib/patient/useOrders.ts";
import { OrderSection } from "./OrderSection.tsx";

/** The patient's prescriptions: those that still count, then the others. */
export default function PrescriptionsPage() {
  const { t } = useTranslation("prescriptions");
  const address = usePatientAccount();
  const orders = usePatientOrders();
  const chart = useChart(address);
  const dispensings = useDispensings(orders.data);
  const error = orders.error ?? chart.error ?? dispensings.error;
  const now = useNow();
  const valid = orders.data?.filter((order) => orderState(order, now) === "valid") ?? [];
  const past = orders.data?.filter((order) => orderState(order, now) !== "valid") ?? [];
  const section = (order: Order) => (
    <OrderSection
      key={order.id}
      order={order}
      items={chart.data?.items.filter(({ recordId }) => recordId === order.id) ?? []}
      state={orderState(order, now)}
      dispensings={dispensings.data?.filter(({ orderId }) => orderId === order.id) ?? []}
    />
  );
  const asOf = chart.data && <UpToDate block={chart.data.blockNumber} />;
  return (
    <Page title={t("title")} narrow {...(asOf ? { asOf } : {})}>
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void Promise.all([orders.refetch(), chart.refetch()]) }} />
        </div>
      )}
      {(!orders.data || !chart.data) && !error && <Loading />}
      {orders.data?.length === 0 && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("empty.title")}
            text={t("empty.text")}
            action={{ label: t("empty.action"), to: "/patient/visits/new" }}
          />
        </div>
      )}
      {chart.data && orders.data && orders.data.length > 0 && (
        <div className="ck-stack mt-4">
          {valid.length === 0 && <p className="ck-2 mb-0">{t("noneValid")}</p>}
          {valid.map(section)}
          {past.length > 0 && <h2>{t("past")}</h2>}
          {past.map(section)}
        </div>
      )}
    </Page>
  );
}
