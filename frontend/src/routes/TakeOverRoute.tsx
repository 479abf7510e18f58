import { useTranslation } from "react-i18next";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import TakeOverPage from "../features/succession/TakeOverPage.tsx";

/** For whoever is proposed as a successor or named as a recovery address: neither needs a role or a key. */
export default function TakeOverRoute() {
  const { t } = useTranslation("succession");
  return (
    <RequireWallet title={t("offered.title")}>
      <TakeOverPage />
    </RequireWallet>
  );
}
