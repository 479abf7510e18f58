import type { Bytes } from "./bytes.ts";
import { unshared } from "./chunks.ts";
import { ChartkeyError } from "./errors.ts";

/** Bytes in memory before they become a Blob, which browsers move to disk when they are many. */
const BLOB_PART = 1 << 22;

/**
 * Writes all parts and then closes the sink. When anything fails, aborts it and throws that: what the source throws, or `SINK_FAILED`
 * when the sink refuses.
 */
export async function drainTo(source: AsyncIterable<Uint8Array>, sink: WritableStream<Bytes>): Promise<void> {
  const writer = sink.getWriter();
  try {
    for await (const part of source) await writer.write(unshared(part)).catch(refuse);
    await writer.close().catch(refuse);
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}

function refuse(cause: unknown): never {
  throw new ChartkeyError("SINK_FAILED", "The file could not be written. Nothing was kept; make room and try again.", {
    cause,
  });
}

/** A sink that makes a Blob. `blob` throws `SINK_UNFINISHED` before the sink is closed, and always when it is aborted. */
export function blobSink(contentType: string): { sink: WritableStream<Bytes>; blob: () => Blob } {
  const blobs: Blob[] = [];
  let parts: Bytes[] = [];
  let size = 0;
  let finished: Blob | undefined;
  const flush = () => {
    blobs.push(new Blob(parts));
    parts = [];
    size = 0;
  };
  const sink = new WritableStream<Bytes>({
    write(part) {
      parts.push(part);
      size += part.length;
      if (size >= BLOB_PART) flush();
    },
    close() {
      flush();
      finished = new Blob(blobs.splice(0), { type: contentType });
    },
    abort() {
      blobs.length = 0;
      parts = [];
    },
  });
  const blob = () => {
    if (finished === undefined)
      throw new ChartkeyError("SINK_UNFINISHED", "The file is not complete. Nothing of it may be shown.");
    return finished;
  };
  return { sink, blob };
}
