/** Payload format 1 written a second time from docs/payload.md, on other primitives (node:crypto), for whole buffers. */
import { createCipheriv, hkdfSync } from "node:crypto";

export interface ReferenceInput {
  contentKey: Uint8Array;
  /** The context's text. */
  context: string;
  salt: Uint8Array;
  noncePrefix: Uint8Array;
  /** Canonical JSON. */
  meta: string;
  /** The data as encoded. */
  body: Uint8Array;
}

/** Padmé in integers: the lowest `E - S` bits of a length are rounded up, E and S being bit lengths minus 1 and of that. */
export function paddedLength(length: number): number {
  if (length <= 1024) return 1024;
  const exponent = length.toString(2).length - 1;
  const step = 2 ** (exponent - exponent.toString(2).length);
  return length + ((step - (length % step)) % step);
}

export function plaintextOf(meta: string, body: Uint8Array): Buffer {
  const lengths = Buffer.alloc(12);
  lengths.writeUInt32BE(Buffer.byteLength(meta), 0);
  lengths.writeBigUInt64BE(BigInt(body.length), 4);
  const content = Buffer.concat([lengths.subarray(0, 4), Buffer.from(meta), lengths.subarray(4), body]);
  return Buffer.concat([content, Buffer.alloc(paddedLength(content.length) - content.length)]);
}

export function keysOf({ contentKey, salt, context }: Pick<ReferenceInput, "contentKey" | "salt" | "context">) {
  const bits = Buffer.from(hkdfSync("sha256", contentKey, salt, `chartkey/payload/1|${context}`, 64));
  return { segmentKey: bits.subarray(0, 32), commitment: bits.subarray(32) };
}

export function referenceHeader(input: ReferenceInput): Buffer {
  const { commitment } = keysOf(input);
  const fixed = Buffer.from([0x43, 0x4b, 0x45, 0x59, 1, 1, 16, 0]);
  return Buffer.concat([fixed, input.salt, input.noncePrefix, Buffer.alloc(1), commitment, Buffer.alloc(16)]);
}

/** Seals any plaintext in segments of the given sizes: also such as no author should write. */
export function referenceSegments(input: ReferenceInput, pieces: Uint8Array[]): Buffer {
  const header = referenceHeader(input);
  const segments = pieces.map((piece, index) => {
    const nonce = Buffer.alloc(12);
    nonce.set(input.noncePrefix);
    nonce.writeUInt32BE(index, 7);
    nonce[11] = index === pieces.length - 1 ? 1 : 0;
    const cipher = createCipheriv("aes-256-gcm", keysOf(input).segmentKey, nonce);
    cipher.setAAD(Buffer.concat([header, Buffer.from(input.context)]));
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  });
  return Buffer.concat([header, ...segments]);
}

export function piecesOf(plaintext: Uint8Array): Uint8Array[] {
  const count = Math.ceil(plaintext.length / 65_536);
  return Array.from({ length: count }, (_, index) => plaintext.subarray(index * 65_536, (index + 1) * 65_536));
}

export function referencePayload(input: ReferenceInput): Buffer {
  return referenceSegments(input, piecesOf(plaintextOf(input.meta, input.body)));
}
