import { contentStores, type ReadSession, type Session, type UnlockedSession } from "@chartkey/sdk";
import { useMemo } from "react";
import { useConnection, useWalletClient } from "wagmi";
import { useActing } from "../acting/acting.ts";
import { useChartkeyChain } from "../chain/useChartkeyChain.ts";
import { useAppConfig } from "../config/context.ts";
import { noteFault } from "./faults.ts";
import { storeSessionOf } from "./stores.ts";
import { useVault } from "./vault.ts";

/** Chain and what is public of the store, for everybody; null when this build knows no deployment on the configured chain. */
export function useReadSession(): ReadSession | null {
  const chain = useChartkeyChain();
  const { storeUrls } = useAppConfig();
  return useMemo(
    () => (chain ? { chain, store: contentStores(storeUrls, undefined, noteFault) } : null),
    [chain, storeUrls],
  );
}

/**
 * Chain, store, the connected wallet and whom it acts for; null until all are there. Stores ask the wallet once in all, when
 * something private is needed.
 */
export function useSession(): Session | null {
  const chain = useChartkeyChain();
  const { storeUrls } = useAppConfig();
  const { address } = useConnection();
  const { data: wallet } = useWalletClient();
  const account = useActing()?.account;
  return useMemo(() => {
    if (!chain || !wallet || wallet.account.address !== address) return null;
    const store = contentStores(storeUrls, storeSessionOf(chain, wallet), noteFault);
    return { chain, store, wallet, ...(account === undefined ? {} : { account }) };
  }, [chain, storeUrls, wallet, address, account]);
}

/** The session with its unlocked vault; null while locked. */
export function useUnlockedSession(): UnlockedSession | null {
  const session = useSession();
  const vault = useVault(session);
  return useMemo(() => (session && vault ? { ...session, vault } : null), [session, vault]);
}
