import { useTranslation } from "react-i18next";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";
import WaitingPage from "../features/waiting/WaitingPage.tsx";

/** For every account that writes, whatever its role: what waits is sealed under its key. */
export default function WaitingRoute() {
  const { t } = useTranslation("waiting");
  return (
    <RequireWallet title={t("title")}>
      <RequireVault>
        <WaitingPage />
      </RequireVault>
    </RequireWallet>
  );
}
