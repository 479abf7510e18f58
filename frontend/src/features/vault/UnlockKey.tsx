import { unlock, type Session } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { useHasDraft } from "../../lib/session/drafts.ts";
import { keepVault, vaultOwner } from "../../lib/session/vault.ts";
import { RecoveryForm } from "./RecoveryForm.tsx";

/** Unlocks the key of an account: by a signature of the wallet, or by the recovery code. */
export function UnlockKey({ session }: { readonly session: Session }) {
  const { t } = useTranslation("vault");
  const [byCode, setByCode] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function open(code?: string) {
    setError(null);
    setWaiting(true);
    try {
      keepVault(session, await unlock(session, code === undefined ? undefined : { type: "recovery", code }));
    } catch (cause) {
      setError(cause);
      setWaiting(false);
    }
  }

  const back = () => setError(null);
  const unfinished = useHasDraft(vaultOwner(session.chain.id, session.wallet.account.address));
  return (
    <Page title={t("unlock.title")} narrow>
      <p className="mt-3 mb-4 ck-measure">{t("unlock.what")}</p>
      {unfinished && (
        <Notice className="mb-4" title={t("unlock.draft.title")}>
          {t("unlock.draft.text")}
        </Notice>
      )}
      {error !== null && (
        <div className="mb-4">
          <ErrorNotice
            error={error}
            form={byCode}
            actions={{ connect: () => openConnectDialog(), ...(byCode ? { back } : { retry: () => void open() }) }}
          />
        </div>
      )}
      {byCode ? (
        <RecoveryForm waiting={waiting} onCode={(code) => void open(code)} onWallet={() => setByCode(false)} />
      ) : waiting ? (
        <Loading what={t("unlock.waiting")} />
      ) : (
        <div className="ck-actions">
          <button type="button" className="btn btn-primary" onClick={() => void open()}>
            {t("unlock.action")}
          </button>
          <button
            type="button"
            className="btn btn-quiet"
            onClick={() => {
              back();
              setByCode(true);
            }}
          >
            {t("unlock.byCode")}
          </button>
        </div>
      )}
      <p className="ck-s ck-2 mt-4 mb-0 ck-measure">{t("unlock.idle")}</p>
    </Page>
  );
}
