import { accountOf } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useSession, useUnlockedSession } from "../../lib/session/session.ts";
import { useHasVault } from "../../lib/session/useHasVault.ts";
import { CreateKey } from "./CreateKey.tsx";
import { UnlockKey } from "./UnlockKey.tsx";

export interface RequireVaultProps {
  /** What a key that is made first is for. */
  readonly purpose?: string;
  readonly children: ReactNode;
}

/** Shows its children while the account's key is unlocked; before, the way to make or unlock it. */
export function RequireVault({ purpose, children }: RequireVaultProps) {
  return useUnlockedSession() ? children : <LockedVault purpose={purpose} />;
}

function LockedVault({ purpose }: { readonly purpose: string | undefined }) {
  const { t } = useTranslation("vault");
  const session = useSession();
  const { data, error, refetch } = useHasVault();
  if (error)
    return (
      <Page title={t("unlock.title")} narrow>
        <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
      </Page>
    );
  if (!session || data === undefined) return <Loading />;
  const key = `${session.chain.id}|${accountOf(session)}`;
  return data ? <UnlockKey key={key} session={session} /> : <CreateKey key={key} session={session} purpose={purpose} />;
}

export default RequireVault;
