import { StoreError } from "../errors.ts";

/** How often something may be done: `burst` times at once, and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  /** Below zero is debt. */
  tokens: number;
  /** When `tokens` was right: milliseconds of a clock that only goes forward, whatever is done to that of the day. */
  time: number;
}

const MAX_BUCKETS = 50_000;

/**
 * Token buckets, one for each caller. Whoever has a token left may do what costs several, as nobody would ever do what costs more than his
 * burst; he owes the rest, and waits until it is paid: in the long run nothing costs less than it is counted for.
 */
export class Budget {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes `count` tokens. @throws StoreError STORE_RATE_LIMITED when not even one is left */
  take(caller: string, count = 1): void {
    const { perSecond } = this.#rate;
    const now = performance.now();
    const tokens = this.#tokensOf(caller, now);
    if (tokens < 1) {
      const retryAfter = Math.max(1, Math.ceil((1 - tokens) / perSecond));
      throw new StoreError("STORE_RATE_LIMITED", `too many requests; try again in ${retryAfter} s`, { retryAfter });
    }
    this.#set(caller, tokens - count, now);
  }

  /** Takes `count` tokens for what was done already, whether they are left or not. */
  owe(caller: string, count: number): void {
    const now = performance.now();
    this.#set(caller, this.#tokensOf(caller, now) - count, now);
  }

  #tokensOf(caller: string, now: number): number {
    const { burst, perSecond } = this.#rate;
    const { tokens, time } = this.#buckets.get(caller) ?? { tokens: burst, time: now };
    return Math.min(burst, tokens + ((now - time) / 1000) * perSecond);
  }

  #set(caller: string, tokens: number, now: number): void {
    if (!this.#buckets.has(caller) && this.#buckets.size >= MAX_BUCKETS) this.#forgetFull(now);
    this.#buckets.set(caller, { tokens, time: now });
  }

  /** Buckets that are full again say nothing. */
  #forgetFull(now: number): void {
    const { burst, perSecond } = this.#rate;
    for (const [caller, { tokens, time }] of this.#buckets)
      if (tokens + ((now - time) / 1000) * perSecond >= burst) this.#buckets.delete(caller);
  }
}
