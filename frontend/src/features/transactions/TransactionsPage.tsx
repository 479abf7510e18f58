import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Page } from "../../components/Page.tsx";
import { forgetDecided } from "../../lib/sent/log.ts";
import { useSent } from "../../lib/sent/useSent.ts";
import { TransactionRow } from "./TransactionRow.tsx";

/** What the account sent from this browser, and what became of it: mined, failed, replaced, dropped, or on its way. */
export default function TransactionsPage() {
  const { t } = useTranslation("transactions");
  const { address } = useConnection();
  const { sent, error, retry } = useSent();
  const isAnyDecided = sent.some(({ transaction }) => transaction.outcome !== undefined);
  return (
    <Page title={t("title")} note={t("note")} narrow>
      <div className="d-grid gap-4 mt-4">
        {error && <ErrorNotice error={error} form={false} actions={{ retry }} />}
        {sent.length === 0 ? (
          <EmptyState kind="noData" title={t("none.title")} text={t("none.text")} />
        ) : (
          <ul className="ck-list" aria-label={t("title")}>
            {sent.map((one) => (
              <TransactionRow key={one.transaction.hash} {...one} />
            ))}
          </ul>
        )}
        <p className="ck-s ck-2 mb-0 ck-measure">{t("where")}</p>
        {isAnyDecided && address && (
          <div>
            <button type="button" className="btn btn-plain btn-sm" onClick={() => forgetDecided(address)}>
              {t("forget")}
            </button>
            <p className="form-text mb-0">{t("forgetHint")}</p>
          </div>
        )}
      </div>
    </Page>
  );
}
