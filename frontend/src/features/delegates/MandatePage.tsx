import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Countdown } from "../../components/Countdown.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useOwnMandate } from "../../lib/acting/useTies.ts";
import { NameForm } from "./NameForm.tsx";
import { useActionWords } from "./queries.ts";
import { RemoveDialog } from "./RemoveDialog.tsx";

/** What a delegate may do for the patient, until when, and what he cannot. */
export function MandatePage({ unlock }: { readonly unlock: ReactNode }) {
  const { t } = useTranslation("delegates");
  const words = useActionWords();
  const mandate = useOwnMandate();
  const [resigning, setResigning] = useState(false);
  const may = (action: "grant" | "revoke" | "book") => mandate?.actions.includes(action) ?? false;
  return (
    <Page title={t("own.title")} narrow>
      {!mandate && <p className="mt-4">{t("own.ended")}</p>}
      {mandate && (
        <>
          <p className="mt-3 mb-1">{t("own.may", { actions: words(mandate.actions) })}</p>
          <p className="ck-2">
            {t("until")} <EndTime seconds={mandate.expiry} />
            {t("common:comma")}
            <Countdown until={mandate.expiry} />
          </p>
          <div className="ck-actions mt-4 mb-4">
            {may("book") && (
              <Link className="btn btn-primary" to="/patient/visits/new">
                {t("own.book")}
              </Link>
            )}
            {may("grant") && (
              <Link className="btn btn-plain" to="/patient/access/new">
                {t("own.grant")}
              </Link>
            )}
            {(may("grant") || may("revoke")) && (
              <Link className="btn btn-plain" to="/patient/access">
                {t("own.access")}
              </Link>
            )}
            <button type="button" className="btn btn-quiet" onClick={() => setResigning(true)}>
              {t("own.resign")}
            </button>
          </div>
          <NameForm account={mandate.patient} unlock={unlock} />
          <Notice title={t("own.noKey.title")}>{t("own.noKey.text")}</Notice>
          {resigning && <RemoveDialog mandate={mandate} own onClose={() => setResigning(false)} />}
        </>
      )}
    </Page>
  );
}
