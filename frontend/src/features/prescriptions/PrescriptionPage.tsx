import { orderState } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Loading } from "../../components/Loading.tsx";
import { OrderStateBadge } from "../../components/OrderStateBadge.tsx";
import { Page } from "../../components/Page.tsx";
import { PaperPage } from "../../components/PaperPage.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { ownProfile } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { orderContentOf } from "../../lib/patient/orderContent.ts";
import { usePatientOrders } from "../../lib/patient/useOrders.ts";
import { PharmacyCodeDialog } from "./PharmacyCodeDialog.tsx";

const LIST = "/patient/prescriptions";

/** One prescription of the patient's own as a paper to print, and the code for the pharmacist. */
export default function PrescriptionPage() {
  const { t } = useTranslation("prescriptions");
  const { id = "" } = useParams();
  const address = usePatientAccount() ?? "";
  const orders = usePatientOrders();
  const chart = useChart(address === "" ? undefined : address);
  const [shown, setShown] = useState(false);
  const now = useNow();
  const error = orders.error ?? chart.error;
  const order = orders.data?.find((each) => each.id === id);
  const items = chart.data?.items ?? [];
  const content = orderContentOf(items, id);
  const time = items.find(({ recordId }) => recordId === id)?.time;
  const profile = ownProfile(items, address);
  const name = profile?.name?.[0]?.text ?? content?.patient?.name ?? shortHex(address);
  const state = order && orderState(order, now);
  return (
    <Page title={t("one")} ownHeading>
      <BackLink to={LIST}>{t("title")}</BackLink>
      <h1 tabIndex={-1}>{t("one")}</h1>
      {state && (
        <p className="ck-asof">
          <OrderStateBadge state={state} />
        </p>
      )}
      {error && (
        <ErrorNotice error={error} actions={{ retry: () => void Promise.all([orders.refetch(), chart.refetch()]) }} />
      )}
      {!error && !(orders.data && chart.data) && <Loading />}
      {order && content && time !== undefined && (
        <PaperPage
          order={order}
          content={content}
          time={time}
          patient={{ name, ...(profile?.birthDate ? { birthDate: profile.birthDate } : {}) }}
        >
          {state === "valid" && (
            <button type="button" className="btn btn-primary" onClick={() => setShown(true)}>
              <Icon name="qrCode" /> {t("code.show")}
            </button>
          )}
        </PaperPage>
      )}
      {orders.data && chart.data && !(order && content) && (
        <EmptyState
          kind="noData"
          title={t("unavailable")}
          text={t("notInChart")}
          action={{ label: t("title"), to: LIST }}
        />
      )}
      {order && shown && <PharmacyCodeDialog order={order} onClose={() => setShown(false)} />}
    </Page>
  );
}
