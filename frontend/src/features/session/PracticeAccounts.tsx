import { useTranslation } from "react-i18next";
import { useAppConfig } from "../../lib/config/context.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";

/** Leads to the accounts of the development wallet, where there is one: which of them is what, and what comes first. */
export function PracticeAccounts() {
  return useAppConfig().development ? <PracticeButton /> : null;
}

function PracticeButton() {
  const { t } = useTranslation("connect");
  return (
    <button type="button" className="btn btn-plain" onClick={() => openConnectDialog("development")}>
      {t("development.accounts")}
    </button>
  );
}
