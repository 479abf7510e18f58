import type { UnlockedSession } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { deviceNotes } from "../session/device.ts";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useVault } from "../session/vault.ts";
import { useOwnSession } from "./own.ts";

/** The wallet's own session while its own key is unlocked, also while it acts for somebody else. */
function useOwnUnlockedSession(): UnlockedSession | null {
  const own = useOwnSession();
  const vault = useVault(own);
  return useMemo(() => (own && vault ? { ...own, vault } : null), [own, vault]);
}

/** The wallet's own name for somebody it acts for, and how to give one; kept on this device, sealed under its own vault. */
export interface OwnName {
  /** Undefined without one, and while the wallet's own key is locked. */
  readonly name: string | undefined;
  /** Keeps a name, or none when it is empty; null while the wallet's own key is locked. Rejects with what the browser says. */
  readonly give: ((name: string) => Promise<void>) | null;
}

/** What the connected wallet calls somebody it acts for. */
export function useOwnName(account: string): OwnName {
  const own = useOwnUnlockedSession();
  const client = useQueryClient();
  const about = `name|${account.toLowerCase()}`;
  const queryKey = ["acting", "name", own?.chain.id ?? 0, own?.wallet.account.address ?? null, about];
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const found = await deviceNotes(required(own)).read(about);
      return typeof found === "string" ? found : null;
    },
    enabled: own !== null,
    ...plaintext,
  });
  const give = async (name: string) => {
    const notes = deviceNotes(required(own));
    await (name === "" ? notes.drop(about) : notes.keep(about, name));
    await client.invalidateQueries({ queryKey });
  };
  return { name: (own && data) || undefined, give: own && give };
}
