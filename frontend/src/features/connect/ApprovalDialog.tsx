import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import type { PendingApproval } from "../../lib/devwallet/approvals.ts";
import { MessageDetails, TransactionDetails, TypedDataDetails } from "./RequestDetails.tsx";

/** The development wallet's own window: what is to be signed, in words, and the two answers. */
export default function ApprovalDialog({ pending }: { readonly pending: PendingApproval }) {
  const { t } = useTranslation("connect");
  const { request, sign, decline } = pending;
  return (
    <Dialog
      title={t(`approval.${request.kind}`)}
      onClose={decline}
      closeLabel={t("approval.decline")}
      footer={
        <>
          <button type="button" className="btn btn-primary" onClick={sign}>
            {t("approval.sign")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={decline}>
            {t("approval.decline")}
          </button>
        </>
      }
    >
      <div className="d-grid gap-4">
        <p className="m-0 d-flex flex-wrap gap-2 align-items-center">
          <StatusBadge tone="wait" icon="exclamationTriangle">
            {t("approval.wallet")}
          </StatusBadge>
          <span className="ck-s ck-2">{t("approval.account")}</span> <Address value={request.account} />
        </p>
        {request.kind === "transaction" && <TransactionDetails request={request} />}
        {request.kind === "typedData" && <TypedDataDetails request={request} />}
        {request.kind === "message" && <MessageDetails request={request} />}
      </div>
    </Dialog>
  );
}
