import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { useSession } from "../../lib/session/session.ts";

/** Who gets encrypted files to hash, and what everybody else can do: said before anybody asks the store in vain. */
export function RehashNotice() {
  const { t } = useTranslation("audit");
  const connected = useSession() !== null;
  const connect = (
    <button type="button" className="btn btn-plain btn-sm" onClick={() => openConnectDialog()}>
      {t("common:account.connect")}
    </button>
  );
  return (
    <Notice className="mb-4" action={connected ? undefined : connect}>
      {t(connected ? "rehash.who" : "rehash.whoConnects")} <Link to="/audit/check">{t("rehash.given")}</Link>
    </Notice>
  );
}
