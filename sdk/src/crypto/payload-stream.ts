import { type Bytes, concat } from "../bytes.ts";
import { type ByteStream, chunksOf, resume } from "../chunks.ts";
import { drainTo } from "../sinks.ts";
import type { PayloadContext } from "./context.ts";
import { type Content, decodeBody, encodeContent } from "./payload-content.ts";
import { HEADER_SIZE, type Randomness, createHeader, freshRandomness, openHeader } from "./payload-header.ts";
import { MAX_DATA, type PayloadMeta, readLayout } from "./payload-layout.ts";
import { TAG } from "./aes-gcm.ts";
import { SEGMENT, openSegments, sealSegments } from "./segments.ts";

/** Largest data that is opened when nobody says otherwise, in bytes: 1 GiB. */
export const DEFAULT_MAX_SIZE = 2 ** 30;
/** Largest sealed payload in bytes: padding adds at most an eighth. */
export const MAX_SEALED = MAX_DATA * 1.125;

/** A payload that is being opened. */
export interface OpenedStream {
  meta: PayloadMeta;
  /** Bytes of the data. */
  size: number;
  /**
   * The data, part by part, each authentic when it comes. Until the last part has come without an error it is not known whether
   * the author wrote no more: keep what comes, and show or hand on nothing of it before the end (O02, O08).
   */
  data: AsyncGenerator<Bytes>;
  /** Ends the reading of a payload whose data is not wanted. */
  cancel(): Promise<void>;
}

/**
 * Seals data of a known size as a format 1 payload (docs/payload.md), in constant memory. Text of at most 16 MiB is held whole, to
 * compress it.
 * Throws `CRYPTO_KEY_SIZE`, `PAYLOAD_META_TOO_LARGE`, `PAYLOAD_TOO_LARGE`, and before the last segment `PAYLOAD_SIZE_CHANGED` when the
 * source has not exactly `size` bytes.
 * @param contentKey 32 bytes, used for this payload alone.
 * @param size Bytes of the source.
 */
export async function* sealPayloadStream(
  contentKey: Uint8Array,
  context: PayloadContext,
  meta: PayloadMeta,
  size: number,
  source: ByteStream,
): AsyncGenerator<Bytes> {
  yield* sealContent(contentKey, context, await encodeContent(meta, size, source), freshRandomness());
}

/** Bytes of a sealed payload with so much plaintext. */
export function sealedLength({ length }: Pick<Content, "length">): number {
  return HEADER_SIZE + length + Math.ceil(length / SEGMENT) * TAG;
}

/** Seals a plaintext. Two plaintexts under the same key and randomness would break both: only tests give it. */
export async function* sealContent(
  contentKey: Uint8Array,
  context: PayloadContext,
  content: Content,
  randomness: Randomness,
): AsyncGenerator<Bytes> {
  const { header, ...segmentKey } = await createHeader(contentKey, context, randomness);
  yield header;
  yield* sealSegments(segmentKey, content.parts);
}

/**
 * Opens a format 1 payload in constant memory. When it returns, the first segment is authentic.
 * Throws, here or between the parts of the data, `PAYLOAD_MALFORMED`, `PAYLOAD_VERSION`, `PAYLOAD_WRONG_KEY` (key or context),
 * `PAYLOAD_ALTERED` (also when bytes are missing at the end or too many), `PAYLOAD_TOO_LARGE`, and what the source throws.
 * @param maxSize Largest size of the data in bytes.
 */
export async function openPayloadStream(
  contentKey: Uint8Array,
  context: PayloadContext,
  source: ByteStream,
  maxSize = DEFAULT_MAX_SIZE,
): Promise<OpenedStream> {
  const chunks = chunksOf(source);
  try {
    const begin = await takeHeader(chunks);
    const segmentKey = await openHeader(contentKey, context, begin);
    const segments = openSegments(segmentKey, resume(begin.subarray(HEADER_SIZE), chunks));
    const first = await takeFirst(segments);
    const layout = readLayout(first, maxSize);
    const data = decodeBody(layout, resume(first, segments));
    return { meta: layout.meta, size: layout.size, data, cancel: () => stop(segments) };
  } catch (error) {
    await stop(chunks);
    throw error;
  }
}

/** What comes first; nothing when the stream is empty. */
async function takeFirst(parts: AsyncGenerator<Bytes>): Promise<Bytes> {
  const { done, value } = await parts.next();
  return done === true ? new Uint8Array() : value;
}

/** At least the header, when the stream has so much, and what came with it. */
async function takeHeader(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let begin: Uint8Array = new Uint8Array();
  while (begin.length < HEADER_SIZE) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    begin = begin.length === 0 ? value : concat(begin, value);
  }
  return begin;
}

async function stop(parts: AsyncGenerator<Uint8Array>): Promise<void> {
  await parts.return(undefined);
}

/**
 * Opens a payload into a sink, all or nothing: the sink is closed when every byte was authentic and none is missing, and aborted in
 * every other case. A sink keeps what was written only when it is closed: a FileSystemWritableFileStream does so by its standard
 * (also in the origin private file system), and `blobSink` in memory.
 * Throws what `openPayloadStream` throws, and `SINK_FAILED` when the sink refuses.
 */
export async function openPayloadToSink(
  contentKey: Uint8Array,
  context: PayloadContext,
  source: ByteStream,
  sink: WritableStream<Bytes>,
  maxSize = DEFAULT_MAX_SIZE,
): Promise<Pick<OpenedStream, "meta" | "size">> {
  const { meta, size, data } = await openPayloadStream(contentKey, context, source, maxSize).catch(async (error) => {
    await sink.abort(error).catch(() => {});
    throw error;
  });
  await drainTo(data, sink);
  return { meta, size };
}
