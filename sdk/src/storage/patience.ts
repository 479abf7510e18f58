import { ChartkeyError } from "../errors.ts";

/** How often a store is asked in all before its refusal is handed on. */
const TRIES = 8;
/** Longest time between two tries, in seconds. */
const LONGEST_WAIT = 10;

/**
 * Asks a store, and once more after the time that it names when it is asked too often (status 429, RFC 6585): an import makes hundreds of
 * requests, and losing the others to one that came too early would help nobody.
 * Throws what `ask` throws; `STORE_BUSY` when the store still says so at the last try.
 */
export async function whenNotBusy<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ChartkeyError) || error.code !== "STORE_BUSY" || tries === TRIES) throw error;
      const seconds = Math.min(Number(error.details?.["retryAfter"] ?? 1), LONGEST_WAIT);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
}
