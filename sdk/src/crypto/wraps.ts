import { type Bytes, fromBase64Url, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { type PayloadContext, contextText } from "./context.ts";
import { HPKE_SUITE, type Identity, type Sealed, hpkeOpen, hpkeSeal } from "./hpke.ts";

/** Somebody a content key is sealed to. */
export interface Reader {
  account: string;
  /** Version of the key in KeyDirectory. */
  keyVersion: number;
  /** 32-byte X25519 key. */
  publicKey: Uint8Array;
}

/** What the wraps belong to: the payload's context and the digest of its root block (for a batch: of the manifest). */
export interface WrapTarget {
  context: Omit<PayloadContext, "category">;
  /** 0x-prefixed SHA-256. */
  payload: string;
}

/** A content key and the category whose readers may have it. */
export interface CategoryKey {
  category: number;
  key: Uint8Array;
}

interface Wrap {
  to: string;
  keyVersion: number;
  category: number;
  enc: string;
  ct: string;
}

/** A parsed wraps document. */
export interface Wraps {
  wraps: Wrap[];
  patientOnly?: { enc: string; ct: string };
  /** 0x-prefixed digests of further files that the entry brings with it, for stores to know that they are wanted. */
  files?: readonly string[];
  /** 0x-prefixed digests of documents of earlier entries that the patient erased, for stores to know that they did not lose them. */
  erased?: readonly string[];
}

function wrapInfo(label: "wrap" | "patient-only", target: WrapTarget, category: number, to: string): Bytes {
  const context = contextText({ ...target.context, category });
  return utf8(`chartkey/${label}/1|${context}|${target.payload.toLowerCase()}|${to.toLowerCase()}`);
}

const encode = ({ enc, ct }: Sealed) => ({ enc: toBase64Url(enc), ct: toBase64Url(ct) });
const decode = ({ enc, ct }: { enc: string; ct: string }): Sealed => ({
  enc: fromBase64Url(enc, 32),
  ct: fromBase64Url(ct),
});

/** Seals one content key to one reader. */
export async function wrapKey(target: WrapTarget, { category, key }: CategoryKey, reader: Reader): Promise<Wrap> {
  const to = reader.account.toLowerCase();
  const sealed = await hpkeSeal(reader.publicKey, key, wrapInfo("wrap", target, category, to));
  return { to, keyVersion: reader.keyVersion, category, ...encode(sealed) };
}

/** Seals a secret to the patient alone, whoever else may read the record. `category` is the record's. */
export async function sealToPatient(target: WrapTarget, category: number, patient: Reader, secret: Uint8Array) {
  return encode(await hpkeSeal(patient.publicKey, secret, wrapInfo("patient-only", target, category, patient.account)));
}

/** Bytes of a wraps document. */
export function encodeWraps(document: Wraps): Bytes {
  return canonicalBytes({ v: 1, suite: HPKE_SUITE, ...document });
}

/** Parses a wraps document. Throws `DOCUMENT_MALFORMED`, `DOCUMENT_VERSION`. */
export function decodeWraps(bytes: Uint8Array): Wraps {
  const { suite, wraps, patientOnly, files, erased } = parseDocument(bytes, "wraps document");
  if (suite !== HPKE_SUITE || !Array.isArray(wraps) || !wraps.every(isWrap))
    throw new ChartkeyError("DOCUMENT_MALFORMED", "The record's key document is damaged or of an unknown suite.");
  const lists = {
    ...(Array.isArray(files) ? { files: textsOf(files) } : {}),
    ...(Array.isArray(erased) ? { erased: textsOf(erased) } : {}),
  };
  return { wraps, ...lists, ...(isSealed(patientOnly) ? { patientOnly } : {}) };
}

const textsOf = (list: unknown[]): string[] => list.filter((text) => typeof text === "string");

function isSealed(value: unknown): value is { enc: string; ct: string } {
  if (typeof value !== "object" || value === null) return false;
  const { enc, ct } = value as Record<string, unknown>;
  return typeof enc === "string" && typeof ct === "string";
}

function isWrap(value: unknown): value is Wrap {
  if (!isSealed(value)) return false;
  const { to, keyVersion, category } = value as unknown as Record<string, unknown>;
  return typeof to === "string" && typeof keyVersion === "number" && typeof category === "number";
}

/** The content key that was sealed to `account` for `category`; undefined when there is none for this key. Throws `CRYPTO_OPEN_FAILED`. */
export async function unwrapKey(
  { wraps }: Wraps,
  target: WrapTarget,
  category: number,
  account: string,
  identity: Identity,
): Promise<Bytes | undefined> {
  const to = account.toLowerCase();
  const wrap = wraps.find((candidate) => candidate.to === to && candidate.category === category);
  if (wrap === undefined) return undefined;
  return hpkeOpen(identity, decode(wrap), wrapInfo("wrap", target, category, to));
}

/** The secret sealed to the patient alone; undefined when there is none. */
export async function openForPatient(
  { patientOnly }: Wraps,
  target: WrapTarget,
  category: number,
  patient: string,
  identity: Identity,
): Promise<Bytes | undefined> {
  if (patientOnly === undefined) return undefined;
  return hpkeOpen(identity, decode(patientOnly), wrapInfo("patient-only", target, category, patient));
}
