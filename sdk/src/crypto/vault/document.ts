import { type Bytes, fromBase64Url, toBase64Url } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";
import { canonicalBytes, parseDocument } from "../../json.ts";
import type { Sealed } from "../hpke.ts";
import type { Method } from "./methods.ts";
import { MAX_PASSCODE_ROUNDS, PASSCODE_ROUNDS } from "./passcode.ts";

/** More ways to open than anybody has. */
export const MAX_METHODS = 16;
/** Bytes that a store takes of one account's vault. */
const MAX_SIZE = 65_536;

/** A vault as it is stored: the ways to open it, each with the vault key sealed to it, and what the vault key seals. */
export interface VaultDocument {
  methods: (Method & Sealed)[];
  /** Nonce and AES-256-GCM ciphertext. */
  ct: Bytes;
}

function malformed(cause?: unknown): ChartkeyError {
  const message = "The vault document is damaged. Open an earlier copy with your recovery code.";
  return new ChartkeyError("DOCUMENT_MALFORMED", message, { cause });
}

/** A method's JSON without its ciphertext: what the seal of the vault key is bound to. */
export function describeMethod(method: Method): Record<string, unknown> {
  const common = { type: method.type, salt: toBase64Url(method.salt), key: toBase64Url(method.key) };
  if (method.type === "passkey") return { ...common, credential: toBase64Url(method.credential) };
  if (method.type === "recovery") return common;
  const { wallet, passcode } = method;
  if (passcode === undefined) return { ...common, wallet };
  return { ...common, wallet, passcode: { salt: toBase64Url(passcode.salt), iterations: passcode.iterations } };
}

/** A method's JSON as it stands in the document. */
export function encodeMethod(method: Method & Sealed): Record<string, unknown> {
  return { ...describeMethod(method), enc: toBase64Url(method.enc), ct: toBase64Url(method.ct) };
}

/** Bytes of a vault document. */
export function encodeVault({ methods, ct }: VaultDocument): Bytes {
  return canonicalBytes({ v: 1, methods: methods.map(encodeMethod), ct: toBase64Url(ct) });
}

function decodePasscode(value: unknown): { passcode?: { salt: Bytes; iterations: number } } {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null) throw malformed();
  const { salt, iterations } = value as Record<string, unknown>;
  if (!Number.isInteger(iterations)) throw malformed();
  const rounds = Number(iterations);
  if (rounds < PASSCODE_ROUNDS || rounds > MAX_PASSCODE_ROUNDS) throw malformed();
  return { passcode: { salt: fromBase64Url(salt, 32), iterations: rounds } };
}

function decodeMethod(value: unknown): Method & Sealed {
  if (typeof value !== "object" || value === null) throw malformed();
  const { type, salt, key, enc, ct, wallet, passcode, credential } = value as Record<string, unknown>;
  const common = {
    salt: fromBase64Url(salt, 32),
    key: fromBase64Url(key, 32),
    enc: fromBase64Url(enc, 32),
    ct: fromBase64Url(ct, 48),
  };
  if (type === "recovery") return { type, ...common };
  if (type === "passkey") return { type, ...common, credential: fromBase64Url(credential) };
  if (type !== "wallet" || typeof wallet !== "string" || !/^0x[0-9a-f]{40}$/.test(wallet)) throw malformed();
  return { type, ...common, wallet, ...decodePasscode(passcode) };
}

/** Parses a vault document. Throws `DOCUMENT_MALFORMED`, `DOCUMENT_VERSION`. */
export function decodeVault(bytes: Uint8Array): VaultDocument {
  if (bytes.length > MAX_SIZE) throw malformed();
  const { methods, ct } = parseDocument(bytes, "vault");
  if (!Array.isArray(methods) || methods.length > MAX_METHODS) throw malformed();
  try {
    return { methods: methods.map(decodeMethod), ct: fromBase64Url(ct) };
  } catch (cause) {
    throw malformed(cause);
  }
}
