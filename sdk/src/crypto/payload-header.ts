import { type Bytes, concat, copy, equalBytes, randomBytes, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { hkdf } from "./aead.ts";
import { aesGcm } from "./aes-gcm.ts";
import { type PayloadContext, contextBytes } from "./context.ts";
import { SEGMENT_BITS, type SegmentKey } from "./segments.ts";

/** Size of the header in bytes; docs/payload.md has its layout. */
export const HEADER_SIZE = 96;
const MAGIC = utf8("CKEY");
const VERSION = 1;
/** AES-256-GCM in segments, HKDF-SHA-256. */
const SUITE = 1;
const KEY_SIZE = 32;
const KEY_INFO = utf8("chartkey/payload/1|");
const RESERVED = [7, 47, ...Array.from({ length: 16 }, (_, index) => 80 + index)];

/** What makes each payload's segment key and nonces its own. Fresh for every payload; given only by tests. */
export interface Randomness {
  /** 32 bytes. */
  salt: Bytes;
  /** 7 bytes. */
  noncePrefix: Bytes;
}

export function freshRandomness(): Randomness {
  return { salt: randomBytes(32), noncePrefix: randomBytes(7) };
}

async function deriveKeys(contentKey: Uint8Array, salt: Uint8Array, context: Uint8Array) {
  if (contentKey.length !== KEY_SIZE)
    throw new ChartkeyError("CRYPTO_KEY_SIZE", "A content key has 32 bytes. This one was cut or is something else.", {
      details: { length: contentKey.length },
    });
  const bits = await hkdf(contentKey, salt, concat(KEY_INFO, context), 64);
  return { cipher: await aesGcm(bits.subarray(0, 32)), commitment: bits.subarray(32) };
}

/** A new payload's header, and the key of its segments. Throws `CRYPTO_KEY_SIZE`. */
export async function createHeader(
  contentKey: Uint8Array,
  context: PayloadContext,
  { salt, noncePrefix }: Randomness,
): Promise<SegmentKey & { header: Bytes }> {
  const bound = contextBytes(context);
  const { cipher, commitment } = await deriveKeys(contentKey, salt, bound);
  const header = new Uint8Array(HEADER_SIZE);
  header.set(MAGIC, 0);
  header.set([VERSION, SUITE, SEGMENT_BITS, 0], 4);
  header.set(salt, 8);
  header.set(noncePrefix, 40);
  header.set(commitment, 48);
  return { header, cipher, noncePrefix, additionalData: concat(header, bound) };
}

function checkFormat(header: Uint8Array): void {
  if (header.length < HEADER_SIZE || !equalBytes(header.subarray(0, 4), MAGIC))
    throw new ChartkeyError("PAYLOAD_MALFORMED", "This is not a Chartkey payload.");
  const [version, suite, segment] = [header[4], header[5], header[6]];
  const known = version === VERSION && suite === SUITE && segment === SEGMENT_BITS;
  if (!known || RESERVED.some((position) => header[position] !== 0))
    throw new ChartkeyError(
      "PAYLOAD_VERSION",
      "This payload has a format this program does not know. Update Chartkey.",
      { details: { version, suite, segment } },
    );
}

/**
 * The key of the segments that follow this header.
 * Throws `CRYPTO_KEY_SIZE`, `PAYLOAD_MALFORMED`, `PAYLOAD_VERSION`, and `PAYLOAD_WRONG_KEY` when the key or the context is another's.
 */
export async function openHeader(
  contentKey: Uint8Array,
  context: PayloadContext,
  bytes: Uint8Array,
): Promise<SegmentKey> {
  checkFormat(bytes);
  const header = copy(bytes.subarray(0, HEADER_SIZE));
  const bound = contextBytes(context);
  const { cipher, commitment } = await deriveKeys(contentKey, header.subarray(8, 40), bound);
  if (!equalBytes(commitment, header.subarray(48, 80)))
    throw new ChartkeyError(
      "PAYLOAD_WRONG_KEY",
      "This key does not open this record, or the record belongs to another chart.",
    );
  return { cipher, noncePrefix: header.slice(40, 47), additionalData: concat(header, bound) };
}
