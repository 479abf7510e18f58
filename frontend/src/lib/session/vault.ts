import type { Session, Vault } from "@chartkey/sdk";
import { useEffect, useSyncExternalStore } from "react";

/** Milliseconds without a key, pointer or touch after which the vault locks itself. */
export const IDLE_LIMIT = 15 * 60_000;

/** The one unlocked vault and whose it is. In memory alone: a reload locks. */
let open: { readonly owner: string; readonly vault: Vault } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const signs = ["pointerdown", "keydown", "touchstart"] as const;

/** Names whose vault it is: a wallet's on a chain, or that of the account it acts for. */
export function vaultOwner(chainId: number, wallet: string, account = wallet): string {
  return [chainId, ...new Set([wallet.toLowerCase(), account.toLowerCase()])].join("|");
}

/** The wallet and chain of an owner, whomever it acts for. */
const walletOf = (owner: string) => owner.split("|").slice(0, 2).join("|");

/** The same for a session. */
export function ownerOf({ chain, wallet, account }: Session): string {
  return vaultOwner(chain.id, wallet.account.address, account);
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

/** Whether anybody's vault is unlocked now. */
export function isUnlocked(): boolean {
  return open !== null;
}

/** Is told when the vault is unlocked or locked. Returns how to stop. */
export function subscribeVault(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The unlocked vault of an owner. That of another wallet or chain is dropped as soon as it is seen; one's own waits while one acts for others. */
export function useVaultOf(owner: string | null): Vault | null {
  const kept = useSyncExternalStore(subscribeVault, () => open);
  const foreign = kept !== null && owner !== null && walletOf(kept.owner) !== walletOf(owner);
  useEffect(() => {
    if (foreign) lockVault();
  }, [foreign]);
  return kept !== null && kept.owner === owner ? kept.vault : null;
}

/** The unlocked vault of the session's account on its chain. */
export function useVault(session: Session | null): Vault | null {
  return useVaultOf(session ? ownerOf(session) : null);
}
