import { type Bytes, copy } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { nodeModule } from "./node-module.ts";

/** Most bytes that compressed content may have: text of a chart, never a file. */
export const MAX_INFLATED = 1 << 26;
/** Most bytes that are packed or unpacked in one go. */
const SMALL = 1 << 16;
/**
 * Packed bytes that are given to the platform's stream at once: it inflates all that it is given before anybody takes the first of it, and
 * DEFLATE makes up to a thousand bytes of one.
 */
const SLICE = 1 << 13;

/** DEFLATE without a header, of a few kB at once: the streams of the platform take ten times the work of all encryption for that. */
export interface Packer {
  deflate(bytes: Uint8Array): Uint8Array;
  /** At most `limit` bytes. Throws a RangeError when there are more, and something else when it is not DEFLATE. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
}

/** What is used here of `node:zlib`. */
export interface Zlib {
  deflateRawSync(bytes: Uint8Array): Uint8Array;
  inflateRawSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

export function zlibPacker(zlib: Zlib): Packer {
  return {
    deflate: (bytes) => zlib.deflateRawSync(bytes),
    inflate: (bytes, limit) => zlib.inflateRawSync(bytes, { maxOutputLength: Math.max(limit, 1) }),
  };
}

/** By fflate, loaded when it is first needed. */
export async function fflatePacker(): Promise<Packer> {
  const { deflateSync, inflateSync } = await import("fflate");
  return {
    deflate: (bytes) => deflateSync(bytes),
    inflate: (bytes, limit) => {
      if (bytes.length === 0) throw new TypeError("not DEFLATE");
      // It fills what it is given and drops the rest: one byte of room more shows that there is a rest.
      const inflated = inflateSync(bytes, { out: new Uint8Array(limit + 1) });
      if (inflated.length > limit) throw new RangeError("too large");
      return inflated;
    },
  };
}

const nodeZlib = nodeModule<Zlib>("node:zlib");

let chosen: Promise<Packer> | undefined;
const packer = () => (chosen ??= nodeZlib === undefined ? fflatePacker() : Promise.resolve(zlibPacker(nodeZlib)));

const damaged = (cause: unknown) =>
  new ChartkeyError(
    "PAYLOAD_MALFORMED",
    "The record's compressed content is damaged: its author's program wrote it wrongly. Ask its author to write it again.",
    { cause },
  );

const tooLarge = (limit: number) =>
  new ChartkeyError("PAYLOAD_TOO_LARGE", "The record's content is larger than it says it is. Do not trust it.", {
    details: { limit },
  });

/** DEFLATE without a header (RFC 1951). */
export async function deflateRaw(bytes: Uint8Array): Promise<Bytes> {
  if (bytes.length <= SMALL) return copy((await packer()).deflate(bytes));
  const { readable, writable } = new CompressionStream("deflate-raw");
  const writer = writable.getWriter();
  // What goes wrong is thrown by the reading side.
  void writer.write(copy(bytes)).catch(() => {});
  void writer.close().catch(() => {});
  return collect(readable);
}

/** What is in memory, as parts. */
export async function* partsOf(bytes: Bytes): AsyncGenerator<Bytes> {
  yield bytes;
}

/**
 * Inflates at most `limit` bytes from `packed` bytes in parts (O11).
 * Throws `PAYLOAD_TOO_LARGE` beyond, `PAYLOAD_MALFORMED` when it is not DEFLATE, and what the parts throw.
 */
export async function* inflateRaw(parts: AsyncIterable<Bytes>, packed: number, limit: number): AsyncGenerator<Bytes> {
  if (packed <= SMALL && limit <= SMALL) return yield inflateSmall(await packer(), await collect(parts), limit);
  let size = 0;
  for await (const part of inflateStream(parts)) {
    size += part.length;
    if (size > limit) throw tooLarge(limit);
    yield part;
  }
}

function inflateSmall(small: Packer, bytes: Bytes, limit: number): Bytes {
  try {
    return copy(small.inflate(bytes, limit));
  } catch (cause) {
    throw cause instanceof RangeError ? tooLarge(limit) : damaged(cause);
  }
}

async function* inflateStream(parts: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const feeding = feed(parts, writable);
  feeding.catch(() => {});
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await feeding;
  } catch (cause) {
    // When the parts failed, that is the error: the decompressor only saw its input end.
    await feeding;
    throw damaged(cause);
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Throws what the parts throw; what the decompressor makes of the bytes is seen by who reads from it. */
async function feed(parts: AsyncIterable<Bytes>, writable: WritableStream<BufferSource>): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const part of parts)
      for (let at = 0; at < part.length; at += SLICE) {
        const slice = part.subarray(at, at + SLICE);
        const isTaken = await writer.write(slice).then(
          () => true,
          () => false,
        );
        if (!isTaken) return;
      }
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
  await writer.close().catch(() => {});
}
