/** How many JSON-RPC calls one address may make; a batch counts as its calls. */
export interface RateLimit {
  /** At once, after a pause. */
  readonly burst: number;
  /** In the long run. */
  readonly perSecond: number;
}

/** An audit of 20,000 blocks at once, and more than the node answers for long. */
export const DEFAULT_RATE_LIMIT: RateLimit = { burst: 20_000, perSecond: 2_000 };

/** Buckets that are kept before those that are full again are forgotten, every second. */
const MANY = 1_000;

interface Bucket {
  tokens: number;
  /** When `tokens` was right, in seconds. */
  at: number;
}

/** A token bucket for each remote address; all of this machine share one. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #swept = -Infinity;

  /** @param now a clock that only goes forward, in seconds */
  constructor(limit: RateLimit, now: () => number = () => performance.now() / 1000) {
    this.#limit = limit;
    this.#now = now;
  }

  /**
   * Counts calls, unless they are too many now.
   *
   * @param address of the caller; undefined once its connection has ended
   * @returns seconds after which they would be allowed; 0 when they are
   */
  wait(address: string | undefined, calls: number): number {
    const bucket = this.#bucketOf(address === undefined || isLoopback(address) ? "loopback" : address);
    const missing = Math.min(calls, this.#limit.burst) - bucket.tokens;
    if (missing > 0) return missing / this.#limit.perSecond;
    bucket.tokens = Math.max(0, bucket.tokens - calls);
    return 0;
  }

  #bucketOf(name: string): Bucket {
    const { burst } = this.#limit;
    const now = this.#now();
    if (this.#buckets.size >= MANY && now - this.#swept >= 1) {
      this.#swept = now;
      for (const [each, bucket] of this.#buckets) if (this.#filled(bucket, now) >= burst) this.#buckets.delete(each);
    }
    const bucket = this.#buckets.get(name) ?? { tokens: burst, at: now };
    bucket.tokens = this.#filled(bucket, now);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #filled({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.#limit.burst, tokens + (now - at) * this.#limit.perSecond);
  }
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
