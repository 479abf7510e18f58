import { useTranslation } from "react-i18next";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import TransactionsPage from "../features/transactions/TransactionsPage.tsx";

/** For every connected account, whatever its role and whether its key is open: what is listed is public on the chain. */
export default function TransactionsRoute() {
  const { t } = useTranslation("transactions");
  return (
    <RequireWallet title={t("title")}>
      <TransactionsPage />
    </RequireWallet>
  );
}
