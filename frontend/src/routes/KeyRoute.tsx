import { useTranslation } from "react-i18next";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";
import WaysPage from "../features/vault/WaysPage.tsx";

/** For every account with a key, whatever its role. */
export default function KeyRoute() {
  const { t } = useTranslation("vault");
  return (
    <RequireWallet title={t("ways.page")}>
      <RequireVault>
        <WaysPage />
      </RequireVault>
    </RequireWallet>
  );
}
