import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { useWaiting } from "../../lib/session/outbox.ts";

const PAGE = "/waiting";

/** Stands under the header while something that the account wrote is in no chart. */
export default function WaitingState() {
  const { t } = useTranslation();
  const { data } = useWaiting();
  const isThere = useLocation().pathname === PAGE;
  const count = data?.filter(({ state }) => state !== "anchored").length ?? 0;
  if (count === 0 || isThere) return null;
  return (
    <div className="ck-band">
      <Notice
        tone="warn"
        live="status"
        title={t("waiting.title", { count })}
        action={<Link to={PAGE}>{t("waiting.open")}</Link>}
      >
        {t("waiting.text")}
      </Notice>
    </div>
  );
}
