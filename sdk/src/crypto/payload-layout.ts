import { type Bytes, equalBytes, fromUtf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { MAX_INFLATED } from "./compress.ts";

/** Most bytes of canonical JSON that say what the data is: it lies in the first segment. */
export const MAX_META = 1 << 14;
/** Most bytes of data in one payload. */
export const MAX_DATA = 2 ** 40;
const ENCODINGS = ["identity", "deflate-raw"] as const;
/** Lengths before and after the meta. */
const LENGTHS = 12;

/** What is said about the data, encrypted with it. At most `MAX_META` bytes as canonical JSON. */
export interface PayloadMeta {
  /** Media type (RFC 6838). */
  contentType: string;
  [key: string]: unknown;
}

/** What the beginning of the plaintext says. */
export interface Layout {
  meta: PayloadMeta;
  encoding: (typeof ENCODINGS)[number];
  /** Bytes of the data. */
  size: number;
  /** Where the data, as encoded, begins and ends in the plaintext. */
  start: number;
  end: number;
}

/** What an author seals wrongly; what anybody else changes does not open at all. */
export const malformed = () =>
  new ChartkeyError(
    "PAYLOAD_MALFORMED",
    "The record's content is damaged: its author's program wrote it wrongly. Ask its author to write it again.",
  );

/** The beginning of a plaintext whose body has `bodyLength` bytes. Throws `PAYLOAD_META_TOO_LARGE`. */
export function writePrefix(meta: PayloadMeta, encoding: Layout["encoding"], size: number, bodyLength: number): Bytes {
  const metaBytes = canonicalBytes({ ...meta, encoding, size });
  if (metaBytes.length > MAX_META)
    throw new ChartkeyError("PAYLOAD_META_TOO_LARGE", "The description of this record is too long. Shorten it.", {
      details: { length: metaBytes.length, limit: MAX_META },
    });
  const prefix = new Uint8Array(LENGTHS + metaBytes.length);
  const view = new DataView(prefix.buffer);
  view.setUint32(0, metaBytes.length);
  prefix.set(metaBytes, 4);
  view.setBigUint64(4 + metaBytes.length, BigInt(bodyLength));
  return prefix;
}

/**
 * Reads the first segment's plaintext. Throws `PAYLOAD_MALFORMED`, and `PAYLOAD_TOO_LARGE` when the data has more than `maxSize` bytes.
 */
export function readLayout(first: Bytes, maxSize: number): Layout {
  if (first.length < LENGTHS) throw malformed();
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const metaLength = view.getUint32(0);
  if (metaLength > MAX_META || LENGTHS + metaLength > first.length) throw malformed();
  const { encoding, size, ...meta } = readMeta(first.subarray(4, 4 + metaLength));
  const bodyLength = Number(view.getBigUint64(4 + metaLength));
  // Before anything is released: what the caller allowed is compared with the size.
  if (encoding === "identity" && bodyLength !== size) throw malformed();
  if (size > (encoding === "identity" ? maxSize : Math.min(maxSize, MAX_INFLATED)))
    throw new ChartkeyError("PAYLOAD_TOO_LARGE", "This record is larger than can be opened here.", {
      details: { size, maxSize },
    });
  const start = LENGTHS + metaLength;
  return { meta, encoding, size, start, end: start + bodyLength };
}

/** Only the canonical spelling is accepted: no key twice, no number that another program reads differently (O12). */
function readMeta(bytes: Bytes): PayloadMeta & { encoding: Layout["encoding"]; size: number } {
  const meta = parseCanonical(bytes);
  if (!isMeta(meta)) throw malformed();
  return meta;
}

function parseCanonical(bytes: Bytes): unknown {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes));
    return equalBytes(canonicalBytes(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMeta(meta: unknown): meta is PayloadMeta & { encoding: Layout["encoding"]; size: number } {
  if (typeof meta !== "object" || meta === null || Object.hasOwn(meta, "__proto__")) return false;
  const { contentType, encoding, size } = meta as Record<string, unknown>;
  return (
    typeof contentType === "string" &&
    ENCODINGS.some((known) => known === encoding) &&
    typeof size === "number" &&
    Number.isSafeInteger(size) &&
    size >= 0
  );
}
