import { type Bytes, concat, copy, equalBytes, fromUtf8, randomBytes, uint32, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { hkdf, importAesKey } from "./aead.ts";
import { deflateRaw, inflateRaw } from "./compress.ts";
import { type PayloadContext, contextBytes } from "./context.ts";
import { padme } from "./padding.ts";

/** Size of the header in bytes; docs/protocol.md has its layout. */
export const HEADER_SIZE = 96;
const MAGIC = utf8("CKEY");
const VERSION = 1;
const SUITE_AES_256_GCM = 1;
const SEGMENT_BITS = 16;
const SEGMENT = 1 << SEGMENT_BITS;
const TAG = 16;
/** Segments sealed or opened at the same time: enough to keep WebCrypto busy, little enough to bound memory. */
const PARALLEL = 16;
/** Most bytes that compressed content may have: text of a chart, never a file. */
const MAX_INFLATED = 1 << 26;
const COMPRESSIBLE = /json|xml|text|csv/;

/** What is said about the data, encrypted with it. */
export interface PayloadMeta {
  /** Media type (RFC 6838). */
  contentType: string;
  [key: string]: unknown;
}

export interface OpenedPayload {
  meta: PayloadMeta;
  data: Bytes;
}

interface Header {
  bytes: Bytes;
  salt: Bytes;
  noncePrefix: Bytes;
  commitment: Bytes;
}

async function deriveKeys(contentKey: Uint8Array, salt: Uint8Array, context: Uint8Array) {
  const bits = await hkdf(contentKey, salt, concat(utf8("chartkey/payload/1|"), context), 64);
  return { key: await importAesKey(bits.subarray(0, 32)), commitment: bits.subarray(32) };
}

function writeHeader(salt: Bytes, noncePrefix: Bytes, commitment: Bytes): Bytes {
  const header = new Uint8Array(HEADER_SIZE);
  header.set(MAGIC, 0);
  header.set([VERSION, SUITE_AES_256_GCM, SEGMENT_BITS, 0], 4);
  header.set(salt, 8);
  header.set(noncePrefix, 40);
  header.set(commitment, 48);
  return header;
}

function readHeader(payload: Uint8Array): Header {
  if (payload.length < HEADER_SIZE + TAG || !equalBytes(payload.subarray(0, 4), MAGIC))
    throw new ChartkeyError("PAYLOAD_MALFORMED", "This is not a Chartkey payload.");
  const [version, suite, segment] = [payload[4], payload[5], payload[6]];
  if (version !== VERSION || suite !== SUITE_AES_256_GCM || segment !== SEGMENT_BITS)
    throw new ChartkeyError(
      "PAYLOAD_VERSION",
      "This payload has a format this program does not know. Update Chartkey.",
      {
        details: { version, suite, segment },
      },
    );
  const bytes = copy(payload.subarray(0, HEADER_SIZE));
  return { bytes, salt: bytes.slice(8, 40), noncePrefix: bytes.slice(40, 47), commitment: bytes.slice(48, 80) };
}

/** STREAM nonce (Hoang, Reyhanitabar, Rogaway, Vizár 2015): prefix, counter, and whether this segment is the last. */
function nonce(prefix: Uint8Array, index: number, last: boolean): Bytes {
  return concat(prefix, uint32(index), Uint8Array.of(last ? 1 : 0));
}

async function forEachSegment(count: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += PARALLEL) {
    const batch = Array.from({ length: Math.min(PARALLEL, count - first) }, (_, offset) => work(first + offset));
    await Promise.all(batch);
  }
}

async function encodeContent(meta: PayloadMeta, data: Uint8Array): Promise<Bytes> {
  const packed =
    COMPRESSIBLE.test(meta.contentType) && data.length <= MAX_INFLATED ? await deflateRaw(data) : undefined;
  const smaller = packed !== undefined && packed.length < data.length * 0.9;
  const body = smaller ? packed : data;
  const metaBytes = canonicalBytes({ ...meta, encoding: smaller ? "deflate-raw" : "identity", size: data.length });
  const plaintext = new Uint8Array(padme(12 + metaBytes.length + body.length));
  const view = new DataView(plaintext.buffer);
  view.setUint32(0, metaBytes.length);
  plaintext.set(metaBytes, 4);
  view.setBigUint64(4 + metaBytes.length, BigInt(body.length));
  plaintext.set(body, 12 + metaBytes.length);
  return plaintext;
}

async function decodeContent(plaintext: Bytes, maxSize: number): Promise<OpenedPayload> {
  const malformed = () =>
    new ChartkeyError("PAYLOAD_MALFORMED", "The record's content is damaged: its author's program wrote it wrongly.");
  if (plaintext.length < 12) throw malformed();
  const view = new DataView(plaintext.buffer);
  const metaLength = view.getUint32(0);
  if (12 + metaLength > plaintext.length) throw malformed();
  const bodyLength = Number(view.getBigUint64(4 + metaLength));
  const end = 12 + metaLength + bodyLength;
  if (end > plaintext.length || plaintext.subarray(end).some((byte) => byte !== 0)) throw malformed();
  const meta = parseMeta(plaintext.subarray(4, 4 + metaLength));
  if (!isMeta(meta)) throw malformed();
  const { encoding, size, ...rest } = meta;
  if (size > (encoding === "identity" ? maxSize : Math.min(maxSize, MAX_INFLATED)))
    throw new ChartkeyError("PAYLOAD_TOO_LARGE", "This record is larger than can be opened here.", {
      details: { size, maxSize },
    });
  const body = plaintext.slice(12 + metaLength, end);
  const data = encoding === "deflate-raw" ? await inflateRaw(body, size) : body;
  if (data.length !== size) throw malformed();
  return { meta: rest as PayloadMeta, data };
}

function parseMeta(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    return undefined;
  }
}

function isMeta(meta: unknown): meta is PayloadMeta & { encoding: "identity" | "deflate-raw"; size: number } {
  if (typeof meta !== "object" || meta === null) return false;
  const { contentType, encoding, size } = meta as Record<string, unknown>;
  return (
    typeof contentType === "string" &&
    (encoding === "identity" || encoding === "deflate-raw") &&
    Number.isSafeInteger(size) &&
    (size as number) >= 0
  );
}

/**
 * Seals data as a format 1 payload (docs/protocol.md).
 * @param contentKey 32 bytes, used for this payload alone.
 */
export async function sealPayload(
  contentKey: Uint8Array,
  context: PayloadContext,
  meta: PayloadMeta,
  data: Uint8Array,
): Promise<Bytes> {
  const [salt, noncePrefix, bound] = [randomBytes(32), randomBytes(7), contextBytes(context)];
  const { key, commitment } = await deriveKeys(contentKey, salt, bound);
  const header = writeHeader(salt, noncePrefix, commitment);
  const plaintext = await encodeContent(meta, data);
  const count = Math.ceil(plaintext.length / SEGMENT);
  const out = new Uint8Array(HEADER_SIZE + plaintext.length + count * TAG);
  out.set(header);
  const additionalData = concat(header, bound);
  await forEachSegment(count, async (index) => {
    const iv = nonce(noncePrefix, index, index === count - 1);
    const segment = plaintext.subarray(index * SEGMENT, (index + 1) * SEGMENT);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, segment);
    out.set(new Uint8Array(sealed), HEADER_SIZE + index * (SEGMENT + TAG));
  });
  return out;
}

/**
 * Opens a format 1 payload; nothing is returned unless every byte was authentic.
 * Throws `PAYLOAD_MALFORMED`, `PAYLOAD_VERSION`, `PAYLOAD_WRONG_KEY` (key or context), `PAYLOAD_ALTERED`, `PAYLOAD_TOO_LARGE`.
 * @param maxSize Largest size of the data in bytes.
 */
export async function openPayload(
  contentKey: Uint8Array,
  context: PayloadContext,
  payload: Uint8Array,
  maxSize = 1 << 30,
): Promise<OpenedPayload> {
  const header = readHeader(payload);
  const bound = contextBytes(context);
  const { key, commitment } = await deriveKeys(contentKey, header.salt, bound);
  if (!equalBytes(commitment, header.commitment))
    throw new ChartkeyError(
      "PAYLOAD_WRONG_KEY",
      "This key does not open this record, or the record belongs to another chart.",
    );
  const sealed = payload.subarray(HEADER_SIZE);
  const count = Math.ceil(sealed.length / (SEGMENT + TAG));
  const plaintext = new Uint8Array(Math.max(0, sealed.length - count * TAG));
  const additionalData = concat(header.bytes, bound);
  await forEachSegment(count, async (index) => {
    const iv = nonce(header.noncePrefix, index, index === count - 1);
    const segment = copy(sealed.subarray(index * (SEGMENT + TAG), (index + 1) * (SEGMENT + TAG)));
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, segment).catch(() => {
      throw new ChartkeyError("PAYLOAD_ALTERED", "The record's bytes were altered. Nothing of it is shown.");
    });
    plaintext.set(new Uint8Array(opened), index * SEGMENT);
  });
  return decodeContent(plaintext, maxSize);
}
