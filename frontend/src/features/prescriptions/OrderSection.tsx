import type { Dispensing, Order, OrderState } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { HandedOut } from "../../components/HandedOut.tsx";
import { Icon } from "../../components/Icon.tsx";
import { OrderStateBadge } from "../../components/OrderStateBadge.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { Title } from "../../components/Title.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { shortHex } from "../../lib/format/address.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { PRINT } from "../../lib/print.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { PharmacyCodeDialog } from "./PharmacyCodeDialog.tsx";

export interface OrderSectionProps {
  readonly order: Order;
  /** The medicines, by their place in the order; one item with a problem when it could not be opened. */
  readonly items: readonly ChartItem[];
  readonly state: OrderState;
  /** What pharmacists handed out of it, oldest first. */
  readonly dispensings: readonly Dispensing[];
}

/** One prescription: by whom, until when, for each medicine what, how and how often it may still be handed out, and what was. */
export function OrderSection({ order, items, state, dispensings }: OrderSectionProps) {
  const { t } = useTranslation("prescriptions");
  const locale = useLocale();
  const [shown, setShown] = useState(false);
  const [ending, setEnding] = useState(false);
  const { prescriber, hospital, expiry } = order;
  const medicines = items.toSorted((left, right) => left.part - right.part);
  const [first] = medicines;
  const names = medicines.map(({ summary }) => summary?.title ?? "");
  const named = names.filter((name) => name !== "");
  return (
    <section aria-label={t("one")}>
      <header className="d-flex flex-wrap justify-content-between gap-2 mb-3">
        <div>
          <p className="ck-row-title">
            <AccountName account={prescriber} />
          </p>
          <p className="ck-meta">
            <HospitalName id={hospital} />
            {first && (
              <>
                {t("common:comma")}
                <Time seconds={first.time} show="date" />
              </>
            )}
          </p>
        </div>
        <div className="ck-order-end ck-s">
          <OrderStateBadge state={state} />
          <span className="d-block ck-2 mt-1">
            {t("until")} <EndTime seconds={expiry} />
            {state === "valid" && (
              <>
                {" · "}
                <Countdown until={expiry} />
              </>
            )}
          </span>
        </div>
      </header>
      <ul className="ck-list">
        {medicines.map((item) => (
          <MedicineRow key={item.key} item={item} state={state} left={order.remaining[item.part] ?? 0} />
        ))}
        {medicines.length === 0 && <li className="ck-2">{t("notInChart")}</li>}
      </ul>
      {dispensings.length > 0 && (
        <ul className="list-unstyled ck-s ck-2 mt-3 mb-0" aria-label={t("handedOut")}>
          {dispensings.map(({ transactionHash, amounts, time, pharmacist, hospital: where }) => (
            <li key={transactionHash}>
              {t("handedOut")} <Time seconds={time} show="short" />: <HandedOut amounts={amounts} names={names} />
              {t("common:comma")}
              <AccountName account={pharmacist} />
              {t("common:comma")}
              <HospitalName id={where} />
            </li>
          ))}
        </ul>
      )}
      {(medicines.length > 0 || state === "valid") && (
        <div className="ck-actions mt-3">
          {state === "valid" && medicines.length > 0 && (
            <button type="button" className="btn btn-plain btn-sm" onClick={() => setShown(true)}>
              <Icon name="qrCode" /> {t("code.show")}
            </button>
          )}
          {medicines.length > 0 && (
            <Link className="btn btn-quiet btn-sm" to={`/patient/prescriptions/${order.id}`} state={PRINT}>
              <Icon name="printer" /> {t("paper")}
            </Link>
          )}
          {state === "valid" && (
            <button type="button" className="btn btn-quiet btn-sm" onClick={() => setEnding(true)}>
              {t("cancel.open")}
            </button>
          )}
        </div>
      )}
      {ending && (
        <CancelDialog
          order={order}
          medicines={formatList(named.length > 0 ? named : [shortHex(order.id)], locale)}
          onClose={() => setEnding(false)}
        />
      )}
      {shown && <PharmacyCodeDialog order={order} onClose={() => setShown(false)} />}
    </section>
  );
}

interface MedicineRowProps {
  readonly item: ChartItem;
  readonly state: OrderState;
  readonly left: number;
}

function MedicineRow({ item, state, left }: MedicineRowProps) {
  const { t } = useTranslation("prescriptions");
  const locale = useLocale();
  const { summary, integrity, key } = item;
  const reason = summary?.lines.find(({ label }) => label === "reason")?.text;
  if (!summary)
    return (
      <li>
        <Link to={`/patient/chart/${key}`}>{t(integrity === "verified" ? "unreadable" : "unavailable")}</Link>
      </li>
    );
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">
          <Link to={`/patient/chart/${key}`}>
            <Title resource={item.resource}>{summary.title}</Title>
          </Link>
        </p>
        {summary.subtitle && (
          <p className="mb-0">
            <bdi>{summary.subtitle}</bdi>
          </p>
        )}
        {reason && (
          <p className="ck-meta">
            {t("for")} <bdi>{reason}</bdi>
          </p>
        )}
      </div>
      {state === "valid" && (
        <div className="ck-end ck-s">
          {left > 0 ? (
            <>
              <span className="ck-2">{t("left")}</span>{" "}
              <span className="ck-value">{t("times", { number: left.toLocaleString(locale) })}</span>
            </>
          ) : (
            <StatusBadge tone="plain" icon="check">
              {t("usedUp")}
            </StatusBadge>
          )}
        </div>
      )}
    </li>
  );
}
