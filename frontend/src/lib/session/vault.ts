import type { Session, Vault } from "@chartkey/sdk";
import { useEffect, useSyncExternalStore } from "react";

/** Milliseconds without a key, pointer or touch after which the vault locks itself. */
export const IDLE_LIMIT = 15 * 60_000;

/** The one unlocked vault and whose it is. In memory alone: a reload locks. */
let open: { readonly owner: string; readonly vault: Vault } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const signs = ["pointerdown", "keydown", "touchstart"] as const;

function ownerOf({ chain, wallet }: Session): string {
  return `${chain.id}|${wallet.account.address.toLowerCase()}`;
}

function replace(next: typeof open): void {
  open = next;
  for (const listener of listeners) listener();
}

function restartIdleTimer(): void {
  clearTimeout(timer);
  timer = setTimeout(lockVault, IDLE_LIMIT);
}

/** Keeps an unlocked vault until `lockVault`, idleness, a reload, or another account or chain. */
export function keepVault(session: Session, vault: Vault): void {
  replace({ owner: ownerOf(session), vault });
  restartIdleTimer();
  for (const sign of signs) window.addEventListener(sign, restartIdleTimer, { passive: true });
}

/** Drops the unlocked vault. */
export function lockVault(): void {
  clearTimeout(timer);
  for (const sign of signs) window.removeEventListener(sign, restartIdleTimer);
  replace(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The unlocked vault of the session's account on its chain; another account's is dropped as soon as it is seen. */
export function useVault(session: Session | null): Vault | null {
  const kept = useSyncExternalStore(subscribe, () => open);
  const owner = session ? ownerOf(session) : null;
  const foreign = kept !== null && owner !== null && kept.owner !== owner;
  useEffect(() => {
    if (foreign) lockVault();
  }, [foreign]);
  return kept !== null && kept.owner === owner ? kept.vault : null;
}
