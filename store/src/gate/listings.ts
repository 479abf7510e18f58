import { StoreError } from "../errors.ts";

/** Seconds after which another try makes sense. */
const RETRY_AFTER = 2;

/** Long lists that are being made: one at a time for each account, as each reads what the store has of everybody. */
export class Listings {
  readonly #running = new Set<string>();

  /** @throws StoreError STORE_RATE_LIMITED while another one of the account runs, and what `list` throws */
  async run(account: string, list: () => Promise<void>): Promise<void> {
    if (this.#running.has(account))
      throw new StoreError("STORE_RATE_LIMITED", `one list at a time; try again in ${RETRY_AFTER} s`, {
        retryAfter: RETRY_AFTER,
      });
    this.#running.add(account);
    try {
      await list();
    } finally {
      this.#running.delete(account);
    }
  }
}
