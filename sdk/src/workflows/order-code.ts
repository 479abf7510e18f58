import { type Address, type Hex, bytesToHex, getAddress, hexToBytes, numberToBytes } from "viem";
import { type Bytes, concat, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { SEED_SIZE } from "../crypto/dispense-key.ts";

/** Which order, in which contract of which chain: public. */
export interface OrderReference {
  chainId: number;
  /** Address of Prescriptions. */
  prescriptions: Address;
  orderId: Hex;
}

/** What the patient shows a pharmacist: whoever has it reads the pharmacy copy and may have the order dispensed. */
export interface OrderCode extends OrderReference {
  /** 32 bytes. */
  seed: Bytes;
  /** Digest of the sealed pharmacy copy. */
  copy: Hex;
}

const PRIVATE = "chartkey-rx:1:";
const PUBLIC = "chartkey-verify:1:";
/** Chain id (8, big-endian), contract (20), order (32); then seed (32), copy (32). */
const [CONTRACT, ORDER, SEED, COPY] = [8, 28, 60, 60 + SEED_SIZE];

function referenceBytes({ chainId, prescriptions, orderId }: OrderReference): Bytes {
  return concat(numberToBytes(chainId, { size: 8 }), hexToBytes(prescriptions), hexToBytes(orderId));
}

function toReference(bytes: Bytes): OrderReference {
  const chainId = Number(new DataView(bytes.buffer).getBigUint64(0));
  const prescriptions = getAddress(bytesToHex(bytes.subarray(CONTRACT, ORDER)));
  return { chainId, prescriptions, orderId: bytesToHex(bytes.subarray(ORDER, SEED)) };
}

/** The text of a pharmacy code, 180 characters: `chartkey-rx:1:` and 124 bytes in base64url. A secret: for no URL, argument or log. */
export function encodeOrderCode(code: OrderCode): string {
  return PRIVATE + toBase64Url(concat(referenceBytes(code), code.seed, hexToBytes(code.copy)));
}

/** Reads a pharmacy code. Throws `ORDER_CODE_MALFORMED`. */
export function decodeOrderCode(text: string): OrderCode {
  const bytes = bytesOf(text.trim(), PRIVATE, COPY + 32);
  return { ...toReference(bytes), seed: bytes.slice(SEED, COPY), copy: bytesToHex(bytes.subarray(COPY)) };
}

/** The text of a verification code, 98 characters: `chartkey-verify:1:` and 60 bytes in base64url. It holds nothing secret. */
export function encodeOrderReference(reference: OrderReference): string {
  return PUBLIC + toBase64Url(referenceBytes(reference));
}

/** Reads a verification code, alone or as the fragment of a link. Throws `ORDER_CODE_MALFORMED`. */
export function decodeOrderReference(text: string): OrderReference {
  return toReference(bytesOf(text.trim().split("#").at(-1)!, PUBLIC, SEED));
}

/** Whether a text is meant to be a pharmacy code: it must not be taken where everybody may see it. */
export function isOrderCode(text: string): boolean {
  return text.includes(PRIVATE);
}

function bytesOf(text: string, prefix: string, size: number): Bytes {
  try {
    if (text.startsWith(prefix)) return fromBase64Url(text.slice(prefix.length), size);
  } catch {
    // The cause would hold nothing more, and must not hold the text.
  }
  throw new ChartkeyError(
    "ORDER_CODE_MALFORMED",
    "This is not a whole code of a prescription. Scan it again, or copy all of it.",
  );
}
