import type { Bytes } from "../bytes.ts";
import { collect } from "../chunks.ts";
import type { PayloadContext } from "./context.ts";
import { encodeContent } from "./payload-content.ts";
import { freshRandomness } from "./payload-header.ts";
import type { PayloadMeta } from "./payload-layout.ts";
import { DEFAULT_MAX_SIZE, openPayloadStream, sealContent, sealedLength } from "./payload-stream.ts";

export type { PayloadMeta } from "./payload-layout.ts";

export interface OpenedPayload {
  meta: PayloadMeta;
  data: Bytes;
}

/**
 * Seals data as a format 1 payload (docs/payload.md). Throws what `sealPayloadStream` throws.
 * @param contentKey 32 bytes, used for this payload alone.
 */
export async function sealPayload(
  contentKey: Uint8Array,
  context: PayloadContext,
  meta: PayloadMeta,
  data: Uint8Array,
): Promise<Bytes> {
  const content = await encodeContent(meta, data.length, [data]);
  const out = new Uint8Array(sealedLength(content));
  let offset = 0;
  for await (const part of sealContent(contentKey, context, content, freshRandomness())) {
    out.set(part, offset);
    offset += part.length;
  }
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
  maxSize = DEFAULT_MAX_SIZE,
): Promise<OpenedPayload> {
  const { meta, data } = await openPayloadStream(contentKey, context, [payload], maxSize);
  return { meta, data: await collect(data) };
}
