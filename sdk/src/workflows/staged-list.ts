import { type Address, type Hex, isAddress, sha256 } from "viem";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { HPKE_SUITE, type Identity, hpkeOpen, hpkeSeal, importIdentity } from "../crypto/hpke.ts";
import { type StagingContext, stagingInfo, stagingSecret } from "../crypto/staging-keys.ts";
import { MAX_BATCH } from "./publish.ts";
import type { Invitation } from "./invitation.ts";
import { bytesOf } from "./session.ts";
import { voucherDigest } from "./voucher-proof.ts";

/** Most records of one list: with the note of where they came from they are one batch. */
export const MAX_STAGED = MAX_BATCH - 1;
/** Longest name of a record, in UTF-16 code units. */
const MAX_NAME = 120;
/** Last second that a FHIR instant can name. */
const MAX_TIME = 253_402_300_799;

/** One staged record. */
export interface StagedItem {
  category: number;
  codec: 0 | 1;
  /** Digest of its payload. */
  payload: Hex;
  /** Its content key, 32 bytes, base64url. */
  key: string;
  /** What it is called: its place in the file that it came from. */
  name: string;
}

/** What is staged, as its author signs it. */
export interface StagedList {
  chainId: number;
  registry: Address;
  hospital: number;
  claimKey: Address;
  /** Who staged it. */
  from: Address;
  /** Unix seconds. */
  time: number;
  items: StagedItem[];
}

/** A list with the signature of its author's wallet. */
export interface SignedList extends StagedList {
  signature: Hex;
}

const STAGING_TYPES = {
  Staging: [
    { name: "claimKey", type: "address" },
    { name: "records", type: "uint32" },
    { name: "content", type: "bytes32" },
  ],
} as const;

/** EIP-712 form of a list, for its author's wallet; `content` is the SHA-256 of the list's canonical JSON. */
export function stagingTypedData(hospital: Address, list: StagedList) {
  const { chainId, claimKey, items } = list;
  const domain = { name: "Chartkey Staging", version: "1", chainId, verifyingContract: hospital } as const;
  const message = { claimKey, records: items.length, content: sha256(canonicalBytes(list)) };
  return { domain, types: STAGING_TYPES, primaryType: "Staging", message } as const;
}

export function stagingContext({ chainId, hospitalAddress, voucher }: Invitation): StagingContext {
  return { chainId, hospital: hospitalAddress, voucher: voucherDigest(chainId, hospitalAddress, voucher) };
}

/** The key that an invitation's staged lists are sealed to. Throws `STAGING_NEEDS_LINK` when the invitation has no secret. */
export async function stagingIdentity(invitation: Invitation): Promise<Identity> {
  return importIdentity(await stagingSecret(bytesOf(requireSecret(invitation)), stagingContext(invitation)));
}

/** The secret of an invitation that whoever holds it claims. Throws `STAGING_NEEDS_LINK`. */
export function requireSecret({ claimSecret }: Invitation): Hex {
  if (claimSecret !== undefined) return claimSecret;
  throw new ChartkeyError(
    "STAGING_NEEDS_LINK",
    "This invitation names an account and has no secret that records could be sealed to. Nothing was staged. Make one that whoever holds the link can claim, or import when the patient has given you access.",
  );
}

/** A name without what steers a display, cut to `MAX_NAME`. */
export function toStagedName(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, MAX_NAME);
}

export async function sealList(publicKey: Uint8Array, context: StagingContext, list: SignedList): Promise<Bytes> {
  const { enc, ct } = await hpkeSeal(publicKey, canonicalBytes({ v: 1, ...list }), stagingInfo(context));
  return canonicalBytes({ v: 1, kind: "staged", suite: HPKE_SUITE, enc: toBase64Url(enc), ct: toBase64Url(ct) });
}

const malformed = (cause?: unknown) =>
  new ChartkeyError(
    "STAGING_MALFORMED",
    "The list of what a hospital prepared is damaged or too long. Nothing of it was taken over. Ask the hospital to prepare it again.",
    { cause },
  );

/** Opens a list. Throws `CRYPTO_OPEN_FAILED` when it was sealed for another invitation, `STAGING_MALFORMED`, `DOCUMENT_VERSION`. */
export async function openList(identity: Identity, context: StagingContext, document: Uint8Array): Promise<SignedList> {
  const { kind, suite, enc, ct } = parseDocument(document, "staged list");
  if (kind !== "staged" || suite !== HPKE_SUITE) throw malformed();
  const sealed = { enc: fromBase64Url(enc, 32), ct: fromBase64Url(ct) };
  const { v: _, ...list } = parseDocument(await hpkeOpen(identity, sealed, stagingInfo(context)), "staged list");
  if (!isList(list)) throw malformed();
  return list;
}

const matches = (value: unknown, pattern: RegExp): boolean => typeof value === "string" && pattern.test(value);

function isItem(value: unknown): value is StagedItem {
  if (typeof value !== "object" || value === null) return false;
  const { category, codec, payload, key, name } = value as Record<string, unknown>;
  return (
    Number.isInteger(category) &&
    Number(category) >= 1 &&
    Number(category) <= 9 &&
    (codec === 0 || codec === 1) &&
    matches(payload, /^0x[0-9a-f]{64}$/) &&
    matches(key, /^[\w-]{43}$/) &&
    typeof name === "string" &&
    name.length <= MAX_NAME
  );
}

function isList(value: Record<string, unknown>): value is Record<string, unknown> & SignedList {
  const { chainId, registry, hospital, claimKey, from, time, items, signature } = value;
  return (
    [chainId, hospital, time].every(Number.isSafeInteger) &&
    Number(time) >= 0 &&
    Number(time) <= MAX_TIME &&
    [registry, claimKey, from].every((address) => typeof address === "string" && isAddress(address)) &&
    matches(signature, /^0x([0-9a-fA-F]{2})+$/) &&
    Array.isArray(items) &&
    items.length > 0 &&
    items.length <= MAX_STAGED &&
    items.every(isItem)
  );
}
