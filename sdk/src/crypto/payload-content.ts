import type { Bytes } from "../bytes.ts";
import { type ByteStream, chunksOf, collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { deflateRaw, inflateRaw } from "./compress.ts";
import { padme } from "./padding.ts";
import { type Layout, MAX_DATA, type PayloadMeta, malformed, writePrefix } from "./payload-layout.ts";

/** Most bytes of text that are compressed, because they are held in memory to see whether it is worth it. */
const MAX_DEFLATED = 1 << 24;
const COMPRESSIBLE = /json|xml|text|csv/;
const ZEROS = new Uint8Array(1 << 16);

/** The plaintext of a payload: lengths, meta, data, zeros. */
export interface Content {
  /** Bytes in all. */
  length: number;
  parts: AsyncIterable<Uint8Array>;
}

/**
 * The plaintext of data of a known size. Text of at most 16 MiB is compressed when that saves a tenth.
 * Throws `PAYLOAD_META_TOO_LARGE`, `PAYLOAD_TOO_LARGE`; the parts throw `PAYLOAD_SIZE_CHANGED` when the source has another size.
 */
export async function encodeContent(meta: PayloadMeta, size: number, source: ByteStream): Promise<Content> {
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_DATA)
    throw new ChartkeyError("PAYLOAD_TOO_LARGE", "This file is too large for one record. Split it.", {
      details: { size, limit: MAX_DATA },
    });
  const exact = exactly(source, size);
  if (!COMPRESSIBLE.test(meta.contentType) || size > MAX_DEFLATED) return layOut(meta, "identity", size, size, exact);
  const data = await collect(exact);
  const packed = await deflateRaw(data);
  return packed.length < size * 0.9
    ? layOut(meta, "deflate-raw", size, packed.length, [packed])
    : layOut(meta, "identity", size, size, [data]);
}

/** The plaintext around a body that is already encoded. */
export function layOut(
  meta: PayloadMeta,
  encoding: Layout["encoding"],
  size: number,
  bodyLength: number,
  body: ByteStream,
): Content {
  const prefix = writePrefix(meta, encoding, size, bodyLength);
  const end = prefix.length + bodyLength;
  const length = padme(end);
  return { length, parts: joined(prefix, body, length - end) };
}

async function* joined(prefix: Bytes, body: ByteStream, padding: number): AsyncGenerator<Uint8Array> {
  yield prefix;
  yield* chunksOf(body);
  for (let left = padding; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

async function* exactly(source: ByteStream, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  const changed = () =>
    new ChartkeyError("PAYLOAD_SIZE_CHANGED", "The file changed while it was read. Choose it again.", {
      details: { size, seen },
    });
  for await (const part of chunksOf(source)) {
    seen += part.length;
    if (seen > size) throw changed();
    yield part;
  }
  if (seen !== size) throw changed();
}

/**
 * The data in the plaintext's segments. Throws `PAYLOAD_MALFORMED` when lengths or padding are not what they should be, and
 * `PAYLOAD_TOO_LARGE` when more comes out of the compression than was said.
 */
export function decodeBody(layout: Layout, segments: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const body = bodyOf(layout, segments);
  return layout.encoding === "identity" ? body : inflated(layout, body);
}

async function* inflated({ start, end, size }: Layout, body: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let seen = 0;
  for await (const part of inflateRaw(body, end - start, size)) {
    seen += part.length;
    yield part;
  }
  if (seen !== size) throw malformed();
}

async function* bodyOf({ start, end }: Layout, segments: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let position = 0;
  for await (const segment of segments) {
    const clamp = (place: number) => Math.min(Math.max(place - position, 0), segment.length);
    const [from, to] = [clamp(start), clamp(end)];
    if (from < to) yield segment.subarray(from, to);
    if (!isZero(segment, to)) throw malformed();
    position += segment.length;
  }
  if (position !== padme(end)) throw malformed();
}

function isZero(bytes: Bytes, from: number): boolean {
  for (let index = from; index < bytes.length; index++) if (bytes[index] !== 0) return false;
  return true;
}
