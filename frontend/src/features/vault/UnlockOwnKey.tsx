import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { actFor } from "../../lib/acting/acting.ts";
import { useOwnSession } from "../../lib/acting/own.ts";
import { useHasVaultOf } from "../../lib/session/useHasVault.ts";
import { Openings } from "./Openings.tsx";

/** Unlocks the wallet's own key in place, while it acts for somebody else; leads to where one is made when there is none. */
export function UnlockOwnKey() {
  const { t } = useTranslation("vault");
  const own = useOwnSession();
  const { data: exists } = useHasVaultOf(own);
  const navigate = useNavigate();
  if (!own || exists === undefined) return null;
  if (exists)
    return (
      <>
        <p className="ck-2 ck-measure">{t("unlock.own")}</p>
        <Openings session={own} />
      </>
    );
  return (
    <div className="ck-actions">
      <button
        type="button"
        className="btn btn-plain"
        onClick={() => {
          actFor(null);
          void navigate("/key");
        }}
      >
        {t("unlock.makeOwn")}
      </button>
    </div>
  );
}
