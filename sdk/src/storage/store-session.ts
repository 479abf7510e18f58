import { type Bytes, fromUtf8, randomBytes, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { fetchCapped } from "./fetch.ts";
import { whenNotBusy } from "./patience.ts";
import { type FileScope, signedPart } from "./scope.ts";
import { type Certify, SessionKey } from "./session-key.ts";

/** Largest answer to a sign-in, in bytes. */
const MAX_ANSWER = 4096;

type Act = "delivery" | "removal" | "renewal";

/**
 * Somebody's session at stores. The wallet signs once, when a store is first asked for something private: it certifies a key of the
 * session, whose private half never leaves this object and cannot be read out. Each store is signed in to, and each delivery receipted,
 * with that key. In memory alone.
 */
export class StoreSession {
  readonly #certify: Certify;
  #key: SessionKey;
  /** Tokens by origin; undefined for a store that asks nobody who he is. */
  readonly #tokens = new Map<string, Promise<string | undefined>>();

  constructor(certify: Certify) {
    this.#certify = certify;
    this.#key = new SessionKey(certify);
  }

  /**
   * Headers that show a store who asks; none for a store that does not want to know.
   * Throws `WALLET_REJECTED`, `STORE_UNAUTHORIZED`, `STORE_UNREACHABLE`, `STORE_CHAIN_UNREACHABLE`, `STORE_BUSY`.
   */
  async headersFor(url: string): Promise<Record<string, string>> {
    const { origin } = new URL(url);
    let signingIn = this.#tokens.get(origin);
    if (signingIn === undefined) {
      signingIn = this.#signIn(origin);
      this.#tokens.set(origin, signingIn);
      signingIn.catch(() => this.#tokens.delete(origin));
    }
    const token = await signingIn;
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /** The same for one delivery, removal or renewal of a link, with the signed request that is its receipt. */
  async headersForFile(act: Act, url: string, cid: string, scope: FileScope): Promise<Record<string, string>> {
    const headers = await this.headersFor(url);
    if (headers["authorization"] === undefined) return headers;
    return { ...headers, "x-chartkey-request": await this.signRequest(act, url, cid, scope) };
  }

  /** A signed request for a store that knows who asks: it is good for one delivery, removal or renewal of a link. */
  async signRequest(act: Act, url: string, cid: string, scope: FileScope): Promise<string> {
    return this.#sign(act, url, scope, { v: 1, cid });
  }

  /** One signed request for deliveries of several files of one scope, by their CIDs. */
  async signGroup(url: string, cids: readonly string[], scope: FileScope): Promise<string> {
    return this.#sign("delivery", url, scope, { v: 2, cids });
  }

  async #sign(act: Act, url: string, scope: FileScope, what: Record<string, unknown>): Promise<string> {
    const time = Math.floor(Date.now() / 1000);
    const nonce = toBase64Url(randomBytes(16));
    const text = toBase64Url(
      canonicalBytes({ ...what, ...signedPart(scope), store: new URL(url).origin, time, nonce }),
    );
    return `${text}.${await this.#key.sign(`chartkey/${act}/1|${text}`)}`;
  }

  /** Forgets the token of a store that does not know it any more; the certificate stays. */
  forget(url: string): void {
    this.#tokens.delete(new URL(url).origin);
  }

  /** Signs out everywhere and forgets the key. A store that does not answer forgets by itself when the session ends. */
  async end(): Promise<void> {
    const tokens = [...this.#tokens];
    this.#tokens.clear();
    this.#key = new SessionKey(this.#certify);
    const signOut = async ([origin, signingIn]: [string, Promise<string | undefined>]) => {
      const token = await signingIn;
      if (token === undefined) return;
      const headers = { authorization: `Bearer ${token}` };
      await fetchCapped(`${origin}/session`, MAX_ANSWER, { method: "DELETE", headers });
    };
    await Promise.allSettled(tokens.map(signOut));
  }

  async #signIn(store: string): Promise<string | undefined> {
    const { failures } = this.#key;
    const challenge = await this.#challenge(store);
    if (challenge === undefined) return undefined;
    const certificate = await this.#key.certificate(failures);
    const proof = await this.#key.sign(`chartkey/store-session/1|${store}|${challenge}`);
    const body = canonicalBytes({ certificate, store, nonce: challenge, proof });
    const headers = { "content-type": "application/json" };
    // A store that counts both requests would otherwise be asked for another challenge by everybody who waits, and never answer one.
    const post = () => fetchCapped(`${store}/session`, MAX_ANSWER, { method: "POST", headers, body });
    const { token } = parseAnswer(await whenNotBusy(post));
    if (typeof token !== "string") throw strangeAnswer();
    return token;
  }

  /** A nonce of the store; undefined when it has no such page, as a plain Kubo. */
  async #challenge(store: string): Promise<string | undefined> {
    try {
      const { nonce } = parseAnswer(await fetchCapped(`${store}/session/challenge`, MAX_ANSWER, { method: "POST" }));
      if (typeof nonce === "string") return nonce;
    } catch (error) {
      if (error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND") return undefined;
      throw error;
    }
    throw strangeAnswer();
  }
}

function parseAnswer(bytes: Bytes): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw strangeAnswer();
}

function strangeAnswer(): ChartkeyError {
  return new ChartkeyError("STORE_REFUSED", "The store answered the sign-in in a way that Chartkey does not know.");
}
