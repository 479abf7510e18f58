import type { SentState, SentTransaction } from "@chartkey/sdk";
import { useSyncExternalStore } from "react";
import { isAddress, isHash } from "viem";

/** What this browser keeps of a transaction: all of it is public on the chain. */
export interface LoggedTransaction extends SentTransaction {
  readonly chainId: number;
  /** Unix seconds at which the wallet sent it. */
  readonly at: number;
  readonly nonce?: number;
  /** What became of it for good; absent while that is open. */
  readonly outcome?: { readonly state: FinalState; readonly block?: number };
}

export type FinalState = Exclude<SentState, "waiting" | "dropped">;

const KEY = "chartkey.sent";
/** Transactions that are kept, of all accounts of this browser: the newest. */
const KEPT = 100;
const FINAL: readonly string[] = ["mined", "failed", "replaced"] satisfies FinalState[];

const listeners = new Set<() => void>();
const isNumber = (value: unknown) => value === undefined || Number.isSafeInteger(value);

function isLogged(value: unknown): value is LoggedTransaction {
  if (typeof value !== "object" || value === null) return false;
  const { hash, from, to, functionName, about, chainId, at, nonce, outcome } = value as Record<
    keyof LoggedTransaction,
    unknown
  >;
  const texts = [hash, from, to, functionName].every((text) => typeof text === "string");
  if (!texts || !isHash(hash as string) || !isAddress(from as string) || !isAddress(to as string)) return false;
  if (about !== undefined && !(typeof about === "string" && isAddress(about))) return false;
  if (![chainId, at].every(Number.isSafeInteger) || !isNumber(nonce)) return false;
  if (outcome === undefined) return true;
  const { state, block } = (outcome ?? {}) as Record<string, unknown>;
  return FINAL.includes(String(state)) && isNumber(block);
}

function stored(): readonly LoggedTransaction[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isLogged) : [];
  } catch {
    return []; // Storage may be forbidden, or hold what is not ours.
  }
}

let log = stored();
/** Those that a form of this page follows, by their hash: it says itself how they stand. */
const followed = new Set<string>();

function set(next: readonly LoggedTransaction[]): void {
  log = next.slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(log));
  } catch {
    // Kept for this page only.
  }
  for (const listener of listeners) listener();
}

/** Another page of this browser wrote it. */
function reread({ key }: StorageEvent): void {
  if (key !== KEY) return;
  log = stored();
  for (const listener of listeners) listener();
}

/** Keeps a transaction that a wallet just sent. */
export function noteSent(chainId: number, sent: SentTransaction): void {
  followed.add(sent.hash);
  // What other pages wrote meanwhile is in the storage.
  set([{ ...sent, chainId, at: Math.floor(Date.now() / 1000) }, ...stored().filter(({ hash }) => hash !== sent.hash)]);
}

/** Keeps what became known of a transaction. */
export function noteStanding(hash: string, known: Pick<LoggedTransaction, "nonce" | "outcome">): void {
  set(stored().map((one) => (one.hash === hash ? { ...one, ...known } : one)));
}

/** Forgets what became of an account's transactions; those that are open stay. */
export function forgetDecided(from: string): void {
  set(stored().filter((one) => one.outcome === undefined || one.from !== from));
}

/** Whether this page sent it, and has a form that waits for it. */
export function isFollowed(hash: string): boolean {
  return followed.has(hash);
}

function subscribe(listener: () => void): () => void {
  // The same listener is there once, however often it is added.
  window.addEventListener("storage", reread);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Every transaction that is kept, newest first. */
export function useSentLog(): readonly LoggedTransaction[] {
  return useSyncExternalStore(subscribe, () => log);
}
