import { type Bytes, concat, copy } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";

/** DEFLATE without a header (RFC 1951). */
export async function deflateRaw(bytes: Uint8Array): Promise<Bytes> {
  const stream = new Blob([copy(bytes)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Inflates at most `limit` bytes (O11). Throws `PAYLOAD_TOO_LARGE` beyond, `PAYLOAD_MALFORMED` when it is not DEFLATE. */
export async function inflateRaw(bytes: Uint8Array, limit: number): Promise<Bytes> {
  const reader = new Blob([copy(bytes)]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new ChartkeyError("PAYLOAD_MALFORMED", "The record's compressed content is damaged.", { cause });
    });
    if (done) return concat(...parts);
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new ChartkeyError("PAYLOAD_TOO_LARGE", "The record's content is larger than it says it is.", {
        details: { limit },
      });
    }
    parts.push(value);
  }
}
