import { StoreError } from "../../errors.ts";

/** Links that are made at a time, by all and by one account: the body of each is held whole. */
const MAX_MAKING = 16;
const MAX_OF_ACCOUNT = 2;

/** Bounds how many links are made side by side, from the first byte of a body until the link is filed. */
export class Slots {
  readonly #taken = new Map<string, number>();

  /** @throws StoreError STORE_RATE_LIMITED, and what `operation` throws */
  async hold<T>(account: string, operation: () => Promise<T>): Promise<T> {
    const [own, all] = [
      this.#taken.get(account) ?? 0,
      [...this.#taken.values()].reduce((sum, taken) => sum + taken, 0),
    ];
    if (own >= MAX_OF_ACCOUNT || all >= MAX_MAKING)
      throw new StoreError("STORE_RATE_LIMITED", "too many links are being made; try again in 2 s", { retryAfter: 2 });
    this.#count(account, 1);
    try {
      return await operation();
    } finally {
      this.#count(account, -1);
    }
  }

  #count(account: string, change: 1 | -1): void {
    const taken = (this.#taken.get(account) ?? 0) + change;
    if (taken === 0) this.#taken.delete(account);
    else this.#taken.set(account, taken);
  }
}
