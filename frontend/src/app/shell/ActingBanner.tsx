import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Address } from "../../components/Address.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Notice } from "../../components/Notice.tsx";
import { actFor, useActing } from "../../lib/acting/acting.ts";
import { useTies, useOwnMandate } from "../../lib/acting/useTies.ts";
import { SealedName } from "./SealedName.tsx";

/** Stands under the header of every page while the wallet acts for another's account. */
export function ActingBanner() {
  const { t } = useTranslation();
  const acting = useActing();
  const { data } = useTies();
  const mandate = useOwnMandate();
  const navigate = useNavigate();
  if (!acting) return null;
  const lost = data?.people.every(({ account, as }) => account !== acting.account || as !== acting.as) ?? false;
  const stop = (
    <button
      type="button"
      className="btn btn-plain btn-sm"
      onClick={() => {
        actFor(null);
        void navigate("/");
      }}
    >
      {t("acting.stop")}
    </button>
  );
  return (
    <div className="ck-band">
      <Notice tone={lost ? "warn" : "ink"} live="status" title={t(`acting.${acting.as}`)} action={stop}>
        <SealedName account={acting.account} />
        <Address value={acting.account} />{" "}
        {lost ? t("acting.lost") : mandate ? <Countdown until={mandate.expiry} /> : t("acting.successorText")}
      </Notice>
    </div>
  );
}
