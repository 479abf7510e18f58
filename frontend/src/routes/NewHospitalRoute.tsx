import { useTranslation } from "react-i18next";
import NewHospitalPage from "../features/hospital/NewHospitalPage.tsx";
import { RequireWallet } from "../features/session/RequireWallet.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** Anybody may create a hospital; its reception key comes from the creator's vault. */
export default function NewHospitalRoute() {
  const { t } = useTranslation("hospital");
  return (
    <RequireWallet title={t("new.title")}>
      <RequireVault purpose={t("new.keyFirst")}>
        <NewHospitalPage />
      </RequireVault>
    </RequireWallet>
  );
}
