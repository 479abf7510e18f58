import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatEther } from "viem";
import { useFeeAccount } from "../lib/patient/useFeeAccount.ts";
import { Notice } from "./Notice.tsx";
import { WithdrawFeesDialog } from "./WithdrawFeesDialog.tsx";

/** What Appointments holds for the account, and the way to have it sent; nothing while that is nothing. */
export function FeeCredit() {
  const { t } = useTranslation();
  const { data: balance = 0n } = useFeeAccount();
  const [asked, setAsked] = useState(false);
  const [sent, setSent] = useState(false);
  if (balance === 0n)
    return sent ? (
      <Notice className="mt-4" icon="checkCircle" live="status">
        {t("fees.sent")}
      </Notice>
    ) : null;
  const amount = formatEther(balance);
  return (
    <>
      <Notice className="mt-4" tone="ink" title={t("fees.title", { amount })}>
        <p>{t("fees.text")}</p>
        <p className="ck-actions mt-2 mb-0">
          <button type="button" className="btn btn-plain btn-sm" onClick={() => setAsked(true)}>
            {t("fees.withdraw")}
          </button>
        </p>
      </Notice>
      {asked && <WithdrawFeesDialog amount={amount} onSent={() => setSent(true)} onClose={() => setAsked(false)} />}
    </>
  );
}
