import { sameAddress, type Session } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useSession } from "../../lib/session/session.ts";
import { lockVault } from "../../lib/session/vault.ts";
import type { Change } from "./change.ts";
import { ChangeDialog } from "./ChangeDialog.tsx";
import { NewCode } from "./NewCode.tsx";
import { hasPasskeys } from "./passkey.ts";
import { useUnlockWays } from "./useUnlockWays.ts";
import { WayList } from "./WayList.tsx";

/** What opens the account's records, and what can be done about it. */
export default function WaysPage() {
  const session = useSession();
  return session ? <Ways session={session} /> : <Loading />;
}

/** The same, for a session that there is. */
export function Ways({ session }: { readonly session: Session }) {
  const { t } = useTranslation("vault");
  const { data: ways, error, refetch } = useUnlockWays(session);
  const [change, setChange] = useState<Change | null>(null);
  const [done, setDone] = useState<Change["kind"] | null>(null);
  const [renewing, setRenewing] = useState(false);
  const { address } = session.wallet.account;

  if (ways && renewing) return <NewCode session={session} ways={ways} onDone={() => setRenewing(false)} />;
  const begin = (next: Change) => {
    setDone(null);
    setChange(next);
  };
  const button = (kind: "wallet" | "passkey" | "rotate") => (
    <button type="button" className="btn btn-plain" onClick={() => begin({ kind })}>
      {t(`change.${kind}.title`)}
    </button>
  );
  const hasWallet = ways?.some((way) => way.type === "wallet" && sameAddress(way.wallet, address));
  return (
    <Page title={t("ways.page")} narrow>
      <p className="mt-3 ck-measure">{t("ways.open")}</p>
      <div className="ck-actions mb-5">
        <button type="button" className="btn btn-plain" onClick={lockVault}>
          {t("common:account.lock")}
        </button>
      </div>
      <h2 className="mb-2">{t("ways.title")}</h2>
      <p className="mb-4 ck-measure">{t("ways.what")}</p>
      {error && <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />}
      {!ways && !error && <Loading />}
      {done && (
        <Notice className="mb-4" live="status" title={t("change.done", { change: t(`change.${done}.title`) })}>
          <p>{t("change.codeHolds")}</p>
        </Notice>
      )}
      {ways && (
        <>
          <WayList ways={ways} wallet={address} onChange={begin} />
          <div className="ck-actions mt-4">
            {!hasWallet && button("wallet")}
            {hasPasskeys() && button("passkey")}
            <button type="button" className="btn btn-plain" onClick={() => setRenewing(true)}>
              {t("renew.title")}
            </button>
            {button("rotate")}
          </div>
        </>
      )}
      {ways && change && (
        <ChangeDialog
          session={session}
          ways={ways}
          change={change}
          onClose={() => setChange(null)}
          onDone={() => {
            setDone(change.kind);
            setChange(null);
          }}
        />
      )}
    </Page>
  );
}
