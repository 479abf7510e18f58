import { type Bytes, copy } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { nodeModule } from "./node-module.ts";

/** Most bytes that compressed content may have: text of a chart, never a file. */
export const MAX_INFLATED = 1 << 26;
/** Most bytes that are packed in one go, where the platform can. */
const SMALL = 1 << 16;

interface Zlib {
  deflateRawSync(bytes: Uint8Array): Uint8Array;
  inflateRawSync(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

/** Node's own zlib. For a record of a few kB, the streams that browsers have too take ten times the work of all encryption. */
const nodeZlib = nodeModule<Zlib>("node:zlib");

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
  const zlib = bytes.length <= SMALL ? nodeZlib : undefined;
  if (zlib !== undefined) return copy(zlib.deflateRawSync(bytes));
  const { readable, writable } = new CompressionStream("deflate-raw");
  const writer = writable.getWriter();
  // What goes wrong is thrown by the reading side.
  void writer.write(copy(bytes)).catch(() => {});
  void writer.close().catch(() => {});
  return collect(readable);
}

/**
 * Inflates at most `limit` bytes from `packed` bytes in parts (O11).
 * Throws `PAYLOAD_TOO_LARGE` beyond, `PAYLOAD_MALFORMED` when it is not DEFLATE, and what the parts throw.
 */
export async function* inflateRaw(parts: AsyncIterable<Bytes>, packed: number, limit: number): AsyncGenerator<Bytes> {
  const zlib = packed <= SMALL && limit <= SMALL ? nodeZlib : undefined;
  if (zlib !== undefined) return yield inflateSmall(zlib, await collect(parts), limit);
  let size = 0;
  for await (const part of inflateStream(parts)) {
    size += part.length;
    if (size > limit) throw tooLarge(limit);
    yield part;
  }
}

function inflateSmall(zlib: Zlib, bytes: Bytes, limit: number): Bytes {
  try {
    return copy(zlib.inflateRawSync(bytes, { maxOutputLength: Math.max(limit, 1) }));
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
      if (
        !(await writer.write(part).then(
          () => true,
          () => false,
        ))
      )
        return;
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
  await writer.close().catch(() => {});
}
