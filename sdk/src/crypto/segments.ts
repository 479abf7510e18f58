import { type Bytes, concat, uint32 } from "../bytes.ts";
import { inOrder, unshared } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { type AesGcm, TAG } from "./aes-gcm.ts";

/** Binary logarithm of `SEGMENT`, as the header names it. */
export const SEGMENT_BITS = 16;
/** Plaintext bytes of every segment but the last, which has 1 to so many. */
export const SEGMENT = 1 << SEGMENT_BITS;
/** Segments sealed or opened at the same time: enough to keep WebCrypto busy, little enough to bound memory (2 MiB). */
const PARALLEL = 16;

/** What all segments of a payload have in common. */
export interface SegmentKey {
  /** Of 256 bits. */
  cipher: AesGcm;
  /** 7 bytes. */
  noncePrefix: Bytes;
  additionalData: Bytes;
}

interface Piece {
  /** Valid until the next piece is asked for. */
  bytes: Bytes;
  index: number;
  last: boolean;
}

/** STREAM nonce (Hoang, Reyhanitabar, Rogaway, Vizár 2015): prefix, counter, and whether this segment is the last. */
function nonce({ noncePrefix }: SegmentKey, { index, last }: Piece): Bytes {
  return concat(noncePrefix, uint32(index), Uint8Array.of(last ? 1 : 0));
}

/**
 * Cuts a stream into pieces of `size` bytes. A piece is given when the byte after it has come, or the end: only then it is known
 * whether it is the last. Where a part holds a whole piece it is given as it lies there, else one buffer serves all pieces.
 */
async function* cut(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let kept = new Uint8Array();
  let filled = 0;
  let index = 0;
  for await (const part of source) {
    let offset = 0;
    while (offset < part.length) {
      if (filled === size) {
        yield { bytes: kept, index: index++, last: false };
        filled = 0;
      }
      const left = part.length - offset;
      if (filled === 0 && left > size) {
        yield { bytes: unshared(part.subarray(offset, offset + size)), index: index++, last: false };
        offset += size;
      } else {
        const taken = Math.min(size - filled, left);
        if (kept.length < filled + taken) kept = grown(kept, filled, filled + taken, size);
        kept.set(part.subarray(offset, offset + taken), filled);
        filled += taken;
        offset += taken;
      }
    }
  }
  yield { bytes: kept.subarray(0, filled), index, last: true };
}

/** Most payloads are much smaller than a segment: the buffer begins small. */
function grown(kept: Bytes, filled: number, needed: number, size: number): Bytes {
  const larger = new Uint8Array(needed * 4 > size ? size : needed);
  larger.set(kept.subarray(0, filled));
  return larger;
}

/** Seals plaintext of at least 1 byte: each segment's ciphertext and tag, in order, in parts. */
export async function* sealSegments(
  segmentKey: SegmentKey,
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Bytes> {
  const { cipher, additionalData } = segmentKey;
  const sealed = inOrder(cut(plaintext, SEGMENT), PARALLEL, (piece) =>
    cipher.seal(nonce(segmentKey, piece), additionalData, piece.bytes),
  );
  for await (const parts of sealed) yield* parts;
}

/**
 * Opens segments: the plaintext of each, in order, as soon as that segment is authentic.
 * Throws `PAYLOAD_ALTERED` at the first that is not, also when the stream ended early or goes on after its last segment.
 */
export function openSegments(segmentKey: SegmentKey, ciphertext: AsyncIterable<Uint8Array>): AsyncGenerator<Bytes> {
  const { cipher, additionalData } = segmentKey;
  return inOrder(cut(ciphertext, SEGMENT + TAG), PARALLEL, async (piece) => {
    // Without plaintext it would be a second spelling of the same content.
    if (piece.bytes.length <= TAG) throw altered();
    return cipher.open(nonce(segmentKey, piece), additionalData, piece.bytes).catch(() => {
      throw altered();
    });
  });
}

const altered = () =>
  new ChartkeyError(
    "PAYLOAD_ALTERED",
    "The record's bytes were altered or are incomplete. Nothing of it may be shown.",
  );
