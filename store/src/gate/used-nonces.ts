import type { Certificate } from "./certificate.ts";
import { CLOCK_SKEW_MS } from "./certificate.ts";

/**
 * Nonces of signed requests that a replay could still use. They belong to the key that signs: several certificates may name it, and each may
 * be signed in with more than once.
 */
export class UsedNonces {
  /** Until when each could be used again, in milliseconds since 1970; oldest first. */
  readonly #until = new Map<string, number>();

  /** Takes the nonces of a certificate's key; false for one that was taken before. */
  of({ key }: Pick<Certificate, "key">): (nonce: string) => boolean {
    // The last character of base64url has bits that mean nothing.
    const signer = Buffer.from(key, "base64url").toString("base64url");
    return (nonce) => this.#take(`${signer} ${nonce}`);
  }

  /** The clock's skew counts twice: a request from the future can be used that much longer. */
  #take(name: string): boolean {
    const now = Date.now();
    for (const [old, until] of this.#until) {
      if (until > now) break;
      this.#until.delete(old);
    }
    if (this.#until.has(name)) return false;
    this.#until.set(name, now + 2 * CLOCK_SKEW_MS);
    return true;
  }
}
