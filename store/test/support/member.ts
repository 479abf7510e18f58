import { createHash, randomBytes, webcrypto } from "node:crypto";
import type { GateOptions, PendingFile, Rights } from "../../src/index.ts";

/** People and a chain of tests: who may do what is a table, and a wallet's signature a hash that anybody can recompute. */

export const PATIENT = "0x00000000000000000000000000000000000000a1";
export const DOCTOR = "0x00000000000000000000000000000000000000d0";
export const STRANGER = "0x00000000000000000000000000000000000000ee";
export const CHAIN_ID = 7;

const sign = (account: string, text: string): string =>
  `0x${createHash("sha256").update(account).update(text).digest("hex")}`;

/** A chain whose answers a test sets. */
export class TableRights implements Rights {
  readonly chainId = CHAIN_ID;
  /** `<patient> <reader>` with a mask of categories. */
  readonly reading = new Map<string, number>();
  readonly writing = new Map<string, number>();
  readonly auditors = new Set<string>();
  down = false;
  /** Digests that the chain names. */
  readonly anchored = new Set<string>();

  isSignedBy = async (account: string, text: string, signature: string) =>
    this.#answer(signature === sign(account, text));
  mayRead = async (patient: string, reader: string, categories: number) =>
    this.#answer(patient === reader || ((this.reading.get(`${patient} ${reader}`) ?? 0) & categories) !== 0);
  mayWrite = async (patient: string, author: string, categories: number) =>
    this.#answer(patient === author || ((this.writing.get(`${patient} ${author}`) ?? 0) & categories) === categories);
  mayReceive = async (owner: string, reader: string) => this.#answer(owner === reader);
  named = async (_patient: string, files: readonly PendingFile[]) =>
    files.map(({ digest }) => this.#answer(this.anchored.has(digest)));
  isAuditor = async (account: string) => this.#answer(this.auditors.has(account));
  /** `<claim key> <voucher>` of invitations that are not over, and who may stage for them. */
  readonly invitations = new Map<string, readonly string[]>();
  mayStage = async (claimKey: string, voucher: string, uploader: string) =>
    this.#answer(this.invitations.get(`${claimKey} ${voucher}`)?.includes(uploader) ?? false);
  isAwaited = async (claimKey: string, voucher: string) => this.#answer(this.invitations.has(`${claimKey} ${voucher}`));

  #answer(value: boolean): boolean {
    if (this.down) throw new Error("connection refused");
    return value;
  }
}

/** A gate over such a chain, which remembers no answer. */
export function gateOf(rights: Rights, options: Partial<GateOptions> = {}): GateOptions {
  return { rights, freshForMs: 0, ...options };
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Parts of a sign-in that a test makes false. */
export interface Forgery {
  domain?: string;
  uri?: string;
  chainId?: number;
  statement?: string;
  issuedAt?: Date;
  expirationTime?: Date;
  /** What is sent after the wallet signed. */
  sent?: Record<string, unknown>;
  nonce?: string;
  /** The origin that the proof is for. */
  store?: string;
}

/** Somebody at a store, by the protocol's words alone: nothing of the sdk takes part. */
export class Member {
  readonly account: string;
  readonly url: string;
  readonly #key: webcrypto.CryptoKeyPair;
  token = "";

  private constructor(url: string, account: string, key: webcrypto.CryptoKeyPair) {
    this.url = url;
    this.account = account;
    this.#key = key;
  }

  static async of(url: string, account: string): Promise<Member> {
    const key = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    return new Member(url, account, key);
  }

  static async signedIn(url: string, account: string): Promise<Member> {
    const member = await Member.of(url, account);
    const answer = await member.signIn();
    if (answer.status !== 200) throw new Error(await answer.text());
    member.token = ((await answer.json()) as { token: string }).token;
    return member;
  }

  async challenge(): Promise<string> {
    const answer = await fetch(`${this.url}/session/challenge`, { method: "POST" });
    return ((await answer.json()) as { nonce: string }).nonce;
  }

  async signIn(forged: Forgery = {}): Promise<Response> {
    const key = new Uint8Array(await webcrypto.subtle.exportKey("raw", this.#key.publicKey));
    const { host, origin } = new URL(this.url);
    const { domain = host, uri = origin, chainId = CHAIN_ID, issuedAt = new Date() } = forged;
    const expirationTime = forged.expirationTime ?? new Date(Date.now() + 3_600_000);
    const nonce = base64url(randomBytes(12)).replaceAll(/[-_]/g, "x");
    const statement =
      forged.statement ??
      "Let this session fetch and keep encrypted files of Chartkey in my name until it expires. " +
        "This gives nobody access to my chart, moves no money and opens no key.";
    const text =
      `${domain} wants you to sign in with your Ethereum account:\n${this.account}\n\n${statement}\n\n` +
      `URI: ${uri}\nVersion: 1\nChain ID: ${chainId}\nNonce: ${nonce}\nIssued At: ${issuedAt.toISOString()}\n` +
      `Expiration Time: ${expirationTime.toISOString()}\nResources:\n` +
      `- urn:chartkey:session-key:${createHash("sha256").update(key).digest("base64url")}`;
    const times = { issuedAt: issuedAt.toISOString(), expirationTime: expirationTime.toISOString() };
    const signature = sign(this.account, text);
    const certificate = {
      address: this.account,
      domain,
      uri,
      chainId,
      nonce,
      ...times,
      signature,
      key: base64url(key),
    };
    const challenge = forged.nonce ?? (await this.challenge());
    const store = forged.store ?? origin;
    const proof = await this.#sign(`chartkey/store-session/1|${store}|${challenge}`);
    const body = JSON.stringify({ certificate: { ...certificate, ...forged.sent }, store, nonce: challenge, proof });
    return fetch(`${this.url}/session`, { method: "POST", body });
  }

  /** Headers for one delivery, removal or renewal. */
  async headersFor(
    cid: string,
    fields: Record<string, unknown>,
    more: Record<string, unknown> = {},
    act: "delivery" | "removal" | "renewal" = "delivery",
  ) {
    const request = await this.#request(act, { v: 1, cid, ...fields, ...more });
    return { authorization: `Bearer ${this.token}`, "x-chartkey-request": request };
  }

  /** A signed request for deliveries of several files. */
  requestFor(cids: readonly string[], fields: Record<string, unknown>, indent = 0): Promise<string> {
    return this.#request("delivery", { v: 2, cids, ...fields }, indent);
  }

  async #request(
    act: "delivery" | "removal" | "renewal",
    fields: Record<string, unknown>,
    indent = 0,
  ): Promise<string> {
    const [nonce, time] = [base64url(randomBytes(16)), Math.floor(Date.now() / 1000)];
    const signed = { store: new URL(this.url).origin, time, nonce, ...fields };
    const text = base64url(Buffer.from(JSON.stringify(signed, null, indent)));
    return `${text}.${await this.#sign(`chartkey/${act}/1|${text}`)}`;
  }

  async read(cid: string, fields: Record<string, unknown>, format = "raw"): Promise<Response> {
    const headers = await this.headersFor(cid, fields);
    return fetch(`${this.url}/ipfs/${cid}?format=${format}`, { headers });
  }

  /** Gives a file up. */
  async remove(cid: string, fields: Record<string, unknown>): Promise<Response> {
    const headers = await this.headersFor(cid, fields, {}, "removal");
    return fetch(`${this.url}/api/v0/pin/rm?arg=${cid}`, { method: "POST", headers });
  }

  /** Uploads one file; the query says what it belongs to. */
  async add(bytes: Uint8Array, fields: Record<string, unknown>): Promise<Response> {
    const profile = { "cid-version": "1", "raw-leaves": "true", chunker: "size-1048576", "max-file-links": "1024" };
    const query = new URLSearchParams({ ...profile, ...(fields as Record<string, string>) });
    const body = new FormData();
    body.set("file", new Blob([Buffer.from(bytes)]));
    const headers = { authorization: `Bearer ${this.token}` };
    return fetch(`${this.url}/api/v0/add?${query}`, { method: "POST", headers, body });
  }

  async put(bytes: Uint8Array, fields: Record<string, unknown>): Promise<string> {
    const answer = await this.add(bytes, fields);
    if (answer.status !== 200) throw new Error(await answer.text());
    return ((await answer.json()) as { Hash: string }).Hash;
  }

  async #sign(text: string): Promise<string> {
    const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
    return base64url(new Uint8Array(await webcrypto.subtle.sign(algorithm, this.#key.privateKey, Buffer.from(text))));
  }
}

/** The code of a refusal. */
export function codeOf(answer: Response): string {
  return answer.headers.get("x-store-error") ?? `status ${answer.status}`;
}
