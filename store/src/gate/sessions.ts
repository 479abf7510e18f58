import { createHash, randomBytes } from "node:crypto";
import { StoreError } from "../errors.ts";
import type { Certificate, SessionKey } from "./certificate.ts";
import { accountOf, endOf, importKey, isSignedWith, messageOf, parseCertificate } from "./certificate.ts";
import type { Rights } from "./rights.ts";
import { answerOf } from "./rights.ts";
import { UsedNonces } from "./used-nonces.ts";

/** Somebody who signed in. In memory alone: a restart signs everybody out. */
export interface Session {
  /** Lower-case address. */
  readonly account: string;
  readonly certificate: Certificate;
  readonly key: SessionKey;
  /** Milliseconds since 1970. */
  readonly end: number;
  /** Takes the nonce of a signed request; false when its key used it before, in whichever session. */
  takeNonce(nonce: string): boolean;
}

const NONCE_LIFE_MS = 120_000;
const MAX_NONCES = 10_000;
const MAX_SESSIONS = 10_000;
const MAX_OF_ACCOUNT = 32;

const unauthorized = (message: string): StoreError => new StoreError("STORE_UNAUTHORIZED", message);

/** What a store accepts in a sign-in. */
export interface SignInRules {
  readonly rights: Rights;
  /** Whether the store goes by this origin: a proof made for another store is worth nothing here. */
  isOwnOrigin(origin: string): boolean;
  /** Whether the app at this host may sign people in here. */
  isKnownDomain(domain: string): boolean;
}

/** Who is signed in, by the hash of his token. */
export class Sessions {
  readonly #rules: SignInRules;
  readonly #nonces = new Map<string, number>();
  readonly #sessions = new Map<string, Session>();
  readonly #used = new UsedNonces();

  constructor(rules: SignInRules) {
    this.#rules = rules;
  }

  /** A nonce for one sign-in within two minutes. */
  challenge(): { nonce: string; chainId: number } {
    dropOldest(this.#nonces, MAX_NONCES);
    const nonce = randomBytes(16).toString("hex");
    this.#nonces.set(nonce, Date.now() + NONCE_LIFE_MS);
    return { nonce, chainId: this.#rules.rights.chainId };
  }

  /**
   * Signs somebody in who shows that he holds the key that his wallet certified.
   * @param answer `{certificate, store, nonce, proof}`: `proof` signs `chartkey/store-session/1|<store>|<nonce>` with the session's key
   * @returns the token, 32 random bytes as base64url, and when it ends
   * @throws StoreError STORE_UNAUTHORIZED, STORE_CHAIN_UNREACHABLE
   */
  async signIn(answer: unknown): Promise<{ token: string; expires: string }> {
    const given = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
    const { store, nonce, proof } = given;
    if (typeof nonce !== "string" || !this.#takeNonce(nonce)) throw unauthorized("this nonce was used or is too old");
    if (typeof store !== "string" || !this.#rules.isOwnOrigin(store)) throw unauthorized("signed for another store");
    const certificate = parseCertificate(given["certificate"]);
    const key = await importKey(certificate);
    const text = `chartkey/store-session/1|${store}|${nonce}`;
    if (typeof proof !== "string" || !(await isSignedWith(key, text, proof))) throw unauthorized("the proof is false");
    const end = await this.#check(certificate);
    const token = randomBytes(32).toString("base64url");
    const account = accountOf(certificate);
    const takeNonce = this.#used.of(certificate);
    this.#makeRoom(account);
    this.#sessions.set(hash(token), { account, certificate, key, end, takeNonce });
    return { token, expires: new Date(end).toISOString() };
  }

  /** @throws StoreError STORE_UNAUTHORIZED */
  find(token: string): Session {
    const session = this.#sessions.get(hash(token));
    if (session && session.end > Date.now()) return session;
    this.signOut(token);
    throw unauthorized("the session has ended; sign in again");
  }

  signOut(token: string): void {
    this.#sessions.delete(hash(token));
  }

  #takeNonce(nonce: string): boolean {
    const until = this.#nonces.get(nonce);
    this.#nonces.delete(nonce);
    return until !== undefined && until > Date.now();
  }

  async #check(certificate: Certificate): Promise<number> {
    const { rights, isKnownDomain } = this.#rules;
    const { chainId, domain, uri, signature } = certificate;
    if (chainId !== rights.chainId) throw unauthorized(`this store is for chain ${rights.chainId}`);
    if (!isKnownDomain(domain) || new URL(uri).host !== domain)
      throw unauthorized(`signed for an unknown app, ${domain}`);
    const end = endOf(certificate, Date.now());
    const text = messageOf(certificate);
    const signed = await answerOf(() => rights.isSignedBy(accountOf(certificate), text, signature));
    if (!signed) throw unauthorized("the wallet's signature does not fit");
    return end;
  }

  #makeRoom(account: string): void {
    dropOldest(this.#sessions, MAX_SESSIONS);
    const own = [...this.#sessions].filter(([, session]) => session.account === account);
    for (const [id] of own.slice(0, Math.max(0, own.length - MAX_OF_ACCOUNT + 1))) this.#sessions.delete(id);
  }
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Makes room for one more; a map keeps its entries in the order they were set. */
function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size < most) return;
    map.delete(key);
  }
}
