import { ChartkeyError, countsOf, dispense, orderState, type OpenedOrder, type Order } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { HandedOut } from "../../components/HandedOut.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { OrderStateBadge } from "../../components/OrderStateBadge.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { Time } from "../../components/Time.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatList } from "../../lib/format/list.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { MedicineSteps } from "./MedicineSteps.tsx";
import { OutrunNotice } from "./OutrunNotice.tsx";

const phases = ["checking", "confirming", "mining"] as const;

/** One of each that remains: what is handed out unless something else is said. */
const usual = (order: Order) => countsOf(order).map(({ remaining }) => Math.min(remaining, 1));

export interface OrderPageProps {
  readonly opened: OpenedOrder;
  /** Hospitals in whose name the pharmacist may dispense. */
  readonly places: readonly number[];
  readonly onClose: () => void;
}

/** An opened prescription: what it says, what is handed out of it, and the signature that records it. */
export function OrderPage({ opened, places, onClose }: OrderPageProps) {
  const { t } = useTranslation(["pharmacist", "scan"]);
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const now = useNow();
  const { content, entry, standing } = opened;
  const [order, setOrder] = useState(opened.order);
  const [amounts, setAmounts] = useState(() => usual(opened.order));
  const [chosen, setChosen] = useState<number | null>(null);
  const [done, setDone] = useState<readonly number[] | null>(null);
  const hospital = places.find((place) => place === chosen) ?? places[0];
  const { run, reset, ...state } = useAction(async (onPhase) => {
    if (hospital === undefined) throw new ChartkeyError("REVERT_Prescriptions_NotPharmacist", t("noPlace"));
    setOrder(await dispense(required(session), { ...opened, order }, { hospital, amounts }, onPhase));
    setDone(amounts);
    await client.invalidateQueries({ queryKey: ["orders"] });
  });
  const names = content.medicines.map(({ medicine }) => medicine);
  const counts = countsOf(order);
  const nothing = amounts.every((amount) => amount === 0);
  const what = amounts.flatMap((amount, place) =>
    amount === 0 ? [] : [t("scan:amount", { medicine: names[place] ?? "", amount: amount.toLocaleString(locale) })],
  );
  const left = counts.flatMap(({ prescribed, remaining }, place) =>
    amounts[place] === 0 ? [] : [t("leftOf", { left: remaining - (amounts[place] ?? 0), all: prescribed })],
  );
  const load = (newest: Order) => {
    setOrder(newest);
    setAmounts(usual(newest));
    reset();
  };
  const current = orderState(order, now);
  const values = {
    what: nothing ? GAP : formatList(what, locale),
    number: shortHex(order.id),
    left: nothing ? GAP : formatList(left, locale),
  };
  return (
    <Page
      title={t("order", { number: shortHex(order.id) })}
      asOf={
        <>
          {t("signedBy")} <AccountName account={order.prescriber} />
          {t("common:comma")}
          <HospitalName id={order.hospital} />
          {t("common:comma")}
          <Time seconds={entry.time} show="date" />
        </>
      }
      actions={
        <button type="button" className="btn btn-plain" onClick={onClose}>
          <Icon name="qrCodeScan" /> {t("another")}
        </button>
      }
    >
      <div className="ck-cols">
        <section className="ck-sec">
          <header>
            <h2>{t("what")}</h2>
            <span className="ck-s ck-2">
              {t("until")} <EndTime seconds={order.expiry} />
            </span>
          </header>
          {done && (
            <Notice icon="checkCircle" live="status" className="mb-4" title={t("done")}>
              <HandedOut amounts={[...done]} names={names} />
            </Notice>
          )}
          <MedicineSteps
            medicines={content.medicines}
            counts={counts}
            amounts={amounts}
            fixed={current !== "valid" || done !== null || state.running}
            onChange={setAmounts}
          />
          <Notice className="mt-4">{t("onlyThis")}</Notice>
        </section>
        <section className="d-grid gap-4 align-content-start">
          <div>
            <h2 className="mb-3">{t("patient")}</h2>
            <p className="mb-0 ck-strong">
              <bdi>{content.patient?.name ?? t("unnamed")}</bdi>
            </p>
            <p className="ck-meta mb-0">
              {content.patient?.birthDate
                ? t("born", { date: formatFhirDate(content.patient.birthDate, locale) })
                : t("identity")}
            </p>
          </div>
          {!standing.isActive && <Notice>{t("inactive")}</Notice>}
          {current !== "valid" ? (
            <div>
              <OrderStateBadge state={current} />
              <p className="ck-2 mt-2 mb-0">{t(`closed.${current}`)}</p>
            </div>
          ) : done ? (
            <button type="button" className="btn btn-plain" onClick={() => (setDone(null), load(order))}>
              {t("more")}
            </button>
          ) : (
            <>
              {places.length > 1 && (
                <label className="form-label mb-0">
                  {t("place")}
                  <select
                    className="form-select mt-2"
                    value={hospital}
                    onChange={({ target }) => setChosen(Number(target.value))}
                  >
                    {places.map((place) => (
                      <option key={place} value={place}>
                        {t("common:standing.hospital", { id: place })}
                      </option>
                    ))}
                  </select>
                </label>
              )}
              <OutrunNotice error={state.error} onLoad={load} />
              <SignedAction
                sentence={<Trans t={t} i18nKey="sentence" values={values} components={{ b: <strong /> }} />}
                limit={t("limit")}
                label={t("sign")}
                phases={phases}
                state={isOutrun(state.error) ? { ...state, error: null } : state}
                onRun={() => void run()}
                onReset={reset}
                blocked={isOutrun(state.error) ? t("outrun.first") : nothing ? t("nothing") : undefined}
              />
            </>
          )}
        </section>
      </div>
    </Page>
  );
}

function isOutrun(error: unknown): boolean {
  return error instanceof ChartkeyError && error.code === "ORDER_OUTRUN";
}
