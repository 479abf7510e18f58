import { ChartkeyError, type Order } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Time } from "../../components/Time.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** Details of `ORDER_OUTRUN`, as `dispense` of the sdk gives them. */
interface Outrun {
  readonly by: string;
  readonly hospital: number;
  readonly time: number;
  readonly blockNumber: bigint;
  readonly order: Order;
}

interface OutrunNoticeProps {
  readonly error: unknown;
  /** Is given the order with what remains now. */
  readonly onLoad: (newest: Order) => void;
}

/** Says who was faster; nothing for any other error. */
export function OutrunNotice({ error, onLoad }: OutrunNoticeProps) {
  const { t } = useTranslation(["pharmacist", "paper"]);
  const locale = useLocale();
  if (!(error instanceof ChartkeyError) || error.code !== "ORDER_OUTRUN") return null;
  const { by, hospital, time, blockNumber, order } = error.details as unknown as Outrun;
  return (
    <Notice
      tone="bad"
      live="alert"
      title={t("outrun.title")}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={() => onLoad(order)}>
          {t("outrun.load")}
        </button>
      }
    >
      <AccountName account={by} />
      {t("common:comma")}
      <HospitalName id={hospital} />
      {t("common:comma")}
      <Time seconds={time} show="clock" />
      {t("common:comma")}
      {t("paper:block", { number: blockNumber.toLocaleString(locale) })}. {t("outrun.text")}
    </Notice>
  );
}
