import type { QueryClient } from "@tanstack/react-query";
import { subscribeActing } from "../acting/acting.ts";
import { subscribeVault } from "./vault.ts";

/**
 * For queries whose answer was decrypted: kept in memory while the vault is unlocked, so that going from page to page opens
 * nothing twice. Spread it into the query.
 */
export const plaintext = { meta: { plaintext: true }, gcTime: Infinity } as const;

let unlocked = new AbortController();

/** Ends when what was decrypted is forgotten: who is still decrypting stops, and keeps nothing. */
export const untilForgotten = (): AbortSignal => unlocked.signal;

/** Drops every decrypted answer as soon as the vault is locked, another one is unlocked, or somebody else is acted for. */
export function forgetPlaintextOnLock(client: QueryClient): void {
  const forget = () => {
    unlocked.abort();
    unlocked = new AbortController();
    client.removeQueries({ predicate: ({ meta }) => meta?.["plaintext"] === true });
  };
  subscribeVault(forget);
  subscribeActing(forget);
}
