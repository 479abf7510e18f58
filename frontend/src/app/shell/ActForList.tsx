import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useConnection } from "wagmi";
import { actFor, useActing } from "../../lib/acting/acting.ts";
import { useTies } from "../../lib/acting/useTies.ts";
import { shortened } from "../../lib/format/hex.ts";
import { SealedName, UnlockForNames } from "./SealedName.tsx";

/** In the account menu: the people whom the wallet may act for, what else waits for it, and the way back to oneself. */
export function ActForList() {
  const { t } = useTranslation();
  const { address } = useConnection();
  const acting = useActing();
  const { data } = useTies();
  const navigate = useNavigate();
  if (!address || !data) return null;
  const { people, offered, reviews } = data;
  if (people.length === 0 && !offered && !reviews && !acting) return null;
  const place = (to: string, label: string) => (
    <li>
      <button
        type="button"
        className="dropdown-item"
        onClick={() => {
          actFor(null);
          void navigate(to);
        }}
      >
        {label}
      </button>
    </li>
  );
  return (
    <>
      <p className="ck-menu-title" id="act-for">
        {t("acting.others")}
      </p>
      <ul className="ck-menu-list" aria-labelledby="act-for">
        {people.map(({ as, account }) => (
          <li key={`${as}|${account}`}>
            <button
              type="button"
              className="dropdown-item"
              aria-current={acting?.account === account && acting.as === as ? "true" : undefined}
              onClick={() => {
                actFor({ wallet: address, account, as });
                void navigate("/patient");
              }}
            >
              {t(`acting.item.${as}`)} <SealedName account={account} />
              <bdi className="ck-mono">{shortened(account)}</bdi>
            </button>
          </li>
        ))}
        {people.length > 0 && acting?.as !== "successor" && (
          <UnlockForNames
            onUnlock={() => {
              // A delegate's page unlocks his own key in place.
              void navigate(acting ? "/patient" : "/key");
            }}
          />
        )}
        {offered && place("/successor", t("acting.offered"))}
        {reviews && place("/review", t("acting.reviews"))}
        {acting && place("/", t("acting.stop"))}
      </ul>
    </>
  );
}
