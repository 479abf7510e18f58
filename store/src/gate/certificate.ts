import { createHash, webcrypto } from "node:crypto";
import { StoreError } from "../errors.ts";
import { parseAddress } from "./scope.ts";

/** What a wallet signs once a session: that a key may act for its account at stores (ERC-4361). */
export interface Certificate {
  /** As the wallet writes it, with the capitals of EIP-55. */
  readonly address: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: number;
  readonly nonce: string;
  /** RFC 3339. */
  readonly issuedAt: string;
  readonly expirationTime: string;
  /** The wallet's signature, 0x-prefixed. */
  readonly signature: string;
  /** The session's public key: P-256, uncompressed point of 65 bytes, base64url. */
  readonly key: string;
}

/** By which receipts name a certificate. */
export function certificateId({ signature }: Certificate): string {
  return createHash("sha256").update(signature).digest("base64url");
}

/** What the signature says in plain words. A message with another statement is not accepted. */
const STATEMENT =
  "Let this session fetch and keep encrypted files of Chartkey in my name until it expires. " +
  "This gives nobody access to my chart, moves no money and opens no key.";

/** Longest session, in milliseconds. */
export const MAX_SESSION_MS = 8 * 3_600_000;
/** How far the clocks of store and client may differ, in milliseconds. */
export const CLOCK_SKEW_MS = 60_000;

const SHAPES = {
  address: /^0x[0-9a-fA-F]{40}$/,
  domain: /^[0-9A-Za-z.-]{1,253}(:\d{1,5})?$/,
  uri: /^https?:\/\/[0-9A-Za-z.:/_-]{1,300}$/,
  nonce: /^[0-9A-Za-z]{8,96}$/,
  issuedAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  expirationTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  signature: /^0x([0-9a-fA-F]{2}){1,4096}$/,
  key: /^[0-9A-Za-z_-]{87}$/,
} as const;

const unauthorized = (message: string): StoreError => new StoreError("STORE_UNAUTHORIZED", message);

/** Reads a certificate from JSON. No field can hold a line break, so that the text below has one meaning. @throws StoreError STORE_UNAUTHORIZED */
export function parseCertificate(value: unknown): Certificate {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: keyof typeof SHAPES): string => {
    const field = given[name];
    if (typeof field !== "string" || !SHAPES[name].test(field))
      throw unauthorized(`the sign-in has no valid "${name}"`);
    return field;
  };
  const { chainId } = given;
  if (typeof chainId !== "number") throw unauthorized('the sign-in has no valid "chainId"');
  const who = { address: text("address"), domain: text("domain"), uri: text("uri"), chainId, nonce: text("nonce") };
  const when = { issuedAt: text("issuedAt"), expirationTime: text("expirationTime") };
  return { ...who, ...when, signature: text("signature"), key: text("key") };
}

/** The account, in lower case. */
export function accountOf({ address }: Certificate): string {
  return parseAddress(address, "address");
}

/**
 * The message that the wallet signed, written anew from its fields.
 * @see https://eips.ethereum.org/EIPS/eip-4361
 */
export function messageOf(certificate: Certificate): string {
  const { address, domain, uri, chainId, nonce, issuedAt, expirationTime, key } = certificate;
  return [
    `${domain} wants you to sign in with your Ethereum account:`,
    address,
    "",
    STATEMENT,
    "",
    `URI: ${uri}`,
    "Version: 1",
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt}`,
    `Expiration Time: ${expirationTime}`,
    "Resources:",
    `- urn:chartkey:session-key:${createHash("sha256").update(Buffer.from(key, "base64url")).digest("base64url")}`,
  ].join("\n");
}

/**
 * When the session that a certificate allows ends, in milliseconds since 1970.
 * @throws StoreError STORE_UNAUTHORIZED when it is not valid now, or for too long
 */
export function endOf({ issuedAt, expirationTime }: Certificate, now: number): number {
  const [from, until] = [Date.parse(issuedAt), Date.parse(expirationTime)];
  if (!(from <= now + CLOCK_SKEW_MS))
    throw unauthorized("the sign-in is from the future; set the clock and sign in again");
  if (!(until > now)) throw unauthorized("the sign-in has expired; sign in again");
  if (!(until - from <= MAX_SESSION_MS)) throw unauthorized("a sign-in lasts 8 hours at most; sign in for less");
  return until;
}

export type SessionKey = webcrypto.CryptoKey;

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;

/** @throws StoreError STORE_UNAUTHORIZED */
export async function importKey({ key }: Certificate): Promise<SessionKey> {
  try {
    return await webcrypto.subtle.importKey("raw", Buffer.from(key, "base64url"), P256, false, ["verify"]);
  } catch {
    throw unauthorized("the session's key is not a P-256 key");
  }
}

/** Whether a session's key signed a text: ECDSA with SHA-256, 64 bytes r and s, base64url. */
export function isSignedWith(key: SessionKey, text: string, signature: string): Promise<boolean> {
  const algorithm = { name: "ECDSA", hash: "SHA-256" } as const;
  return webcrypto.subtle.verify(algorithm, key, Buffer.from(signature, "base64url"), Buffer.from(text));
}
