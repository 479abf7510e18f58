import { useTranslation } from "react-i18next";
import { useOwnSession } from "../../lib/acting/own.ts";
import { useHasVaultOf } from "../../lib/session/useHasVault.ts";
import { useVault } from "../../lib/session/vault.ts";

/** While the wallet's own key is locked: says that names wait behind it, and leads there. */
export default function NamesLocked({ onUnlock }: { readonly onUnlock: () => void }) {
  const { t } = useTranslation();
  const own = useOwnSession();
  const unlocked = useVault(own) !== null;
  const { data: exists } = useHasVaultOf(own);
  if (unlocked || !exists) return null;
  return (
    <li>
      <button type="button" className="dropdown-item" onClick={onUnlock}>
        {t("acting.names")}
      </button>
    </li>
  );
}
