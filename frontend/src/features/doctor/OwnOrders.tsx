import { cancelOrder, orderState, sameAddress, type Order, type OrderState } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Address } from "viem";
import { Dialog } from "../../components/Dialog.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import type { Chart } from "../../lib/chart/useChart.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { PRINT } from "../../lib/print.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { useOwnOrders } from "./queries.ts";

const phases = ["confirming", "mining"] as const;
const tones: Readonly<Record<OrderState, StatusTone>> = {
  valid: "ok",
  used: "plain",
  ended: "plain",
  cancelled: "bad",
};

interface OwnOrdersProps {
  readonly patient: Address;
  readonly chart: Chart;
  readonly name: string;
}

/** The orders that the doctor signed for this patient; a valid one can be cancelled. Nothing when there is none. */
export function OwnOrders({ patient, chart, name }: OwnOrdersProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const { data, error, refetch } = useOwnOrders();
  const [asked, setAsked] = useState<Order | null>(null);
  const now = useNow();
  const orders = data?.filter((order) => sameAddress(order.patient, patient)) ?? [];
  if (error && !data) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (orders.length === 0) return null;
  const summariesOf = ({ id }: Order) =>
    chart.items
      .filter(({ recordId, resource }) => recordId === id && resource?.resourceType === "MedicationRequest")
      .sort((left, right) => left.part - right.part)
      .flatMap(({ summary }) => summary ?? []);
  const medicinesOf = (order: Order) => {
    const titles = summariesOf(order).map(({ title }) => title);
    return titles.length > 0 ? formatList(titles, locale) : t("orders.number", { number: shortHex(order.id) });
  };
  return (
    <section className="ck-sec mt-5">
      <header>
        <h2>{t("orders.title")}</h2>
      </header>
      <ul className="ck-list">
        {orders.map((order) => {
          const state = orderState(order, now);
          return (
            <li key={order.id} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  <bdi>{medicinesOf(order)}</bdi>
                </p>
                {summariesOf(order).map(({ title, subtitle }, place, { length }) => (
                  <p key={place} className="ck-meta">
                    {length > 1 && (
                      <>
                        <bdi>{title}</bdi>:{" "}
                      </>
                    )}
                    <bdi>{subtitle}</bdi>
                  </p>
                ))}
                <p className="ck-meta">
                  {t("orders.until")} <EndTime seconds={order.expiry} />
                </p>
              </div>
              <div className="ck-end d-flex flex-wrap gap-3 align-items-center">
                <StatusBadge tone={tones[state]}>{t(`orders.state.${state}`)}</StatusBadge>
                <Link className="ck-tap" to={`/doctor/patients/${patient}/prescriptions/${order.id}`} state={PRINT}>
                  {t("orders.paper")}
                  <span className="visually-hidden"> {medicinesOf(order)}</span>
                </Link>
                {state === "valid" && (
                  <button type="button" className="btn btn-quiet btn-sm" onClick={() => setAsked(order)}>
                    {t("orders.cancel")}
                    <span className="visually-hidden"> {medicinesOf(order)}</span>
                  </button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {asked && (
        <CancelOrderDialog order={asked} medicines={medicinesOf(asked)} name={name} onClose={() => setAsked(null)} />
      )}
    </section>
  );
}

interface CancelOrderDialogProps {
  readonly order: Order;
  readonly medicines: string;
  readonly name: string;
  readonly onClose: () => void;
}

function CancelOrderDialog({ order, medicines, name, onClose }: CancelOrderDialogProps) {
  const { t } = useTranslation("doctor");
  const session = useSession();
  const client = useQueryClient();
  const { run, reset, ...state } = useAction(async (onPhase) => {
    await cancelOrder(required(session), order, onPhase);
    await client.invalidateQueries({ queryKey: ["orders"] });
    onClose();
  });
  return (
    <Dialog title={t("orders.cancelTitle")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="orders.sentence" values={{ medicines, name }} components={{ b: <strong /> }} />}
        limit={t("orders.limit")}
        label={t("orders.sign")}
        stop
        phases={phases}
        state={state}
        onRun={() => void run()}
        onReset={reset}
      />
    </Dialog>
  );
}
