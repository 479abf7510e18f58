import type { Session } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useUnfinished } from "../../lib/session/unfinished.ts";
import { ownerOf } from "../../lib/session/vault.ts";
import { Openings } from "./Openings.tsx";

/** Unlocks the key of an account: by a signature of the wallet, a passkey, or the recovery code. */
export function UnlockKey({ session }: { readonly session: Session }) {
  const { t } = useTranslation("vault");
  const unfinished = useUnfinished(ownerOf(session));
  return (
    <Page title={t("unlock.title")} narrow>
      <p className="mt-3 mb-4 ck-measure">{t("unlock.what")}</p>
      {unfinished && (
        <Notice className="mb-4" title={t("unlock.draft.title")}>
          {t("unlock.draft.text")}
        </Notice>
      )}
      <Openings session={session} />
      <p className="ck-s ck-2 mt-4 mb-0 ck-measure">{t("unlock.idle")}</p>
    </Page>
  );
}
