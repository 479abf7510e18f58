import { useTranslation } from "react-i18next";
import ReviewPage from "../features/emergency/ReviewPage.tsx";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** For reviewers, whatever their role: what doctors wrote is sealed to their key. */
export default function ReviewRoute() {
  const { t } = useTranslation("emergency");
  return (
    <RequireWallet title={t("review.title")}>
      <RequireVault>
        <ReviewPage />
      </RequireVault>
    </RequireWallet>
  );
}
