import type { Bytes } from "../bytes.ts";
import { blobSink, drainTo } from "../sinks.ts";

/** Where a program keeps the ciphertext of a large file until a store has it: on disk, or wherever `blobSink` puts it. */
export interface Spool {
  sink: WritableStream<Bytes>;
  /** What was written, once the sink is closed. */
  file(): Blob | Promise<Blob>;
  discard(): Promise<void>;
}

/** A Blob: browsers move it to disk when it is large, Node holds it in memory. */
export async function blobSpool(): Promise<Spool> {
  const { sink, blob } = blobSink("application/octet-stream");
  return { sink, file: blob, discard: async () => {} };
}

/**
 * Writes a stream to its end, hands it over as a file of known size, and discards it when `use` is done.
 * Throws what the source and `use` throw, and `SINK_FAILED`.
 */
export async function withSpooled<Result>(
  { newSpool = blobSpool }: { newSpool?: () => Promise<Spool> },
  source: AsyncIterable<Uint8Array>,
  use: (file: Blob) => Promise<Result>,
): Promise<Result> {
  const spool = await newSpool().catch(async (error: unknown) => {
    await leave(source);
    throw error;
  });
  try {
    await drainTo(source, spool.sink);
    return await use(await spool.file());
  } finally {
    // What was done with the file stands, also when its ciphertext cannot be taken off this disk.
    await spool.discard().catch(() => {});
  }
}

/** Ends a source that nobody reads. A generator that has not begun would not end what it reads from. */
async function leave(source: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of source) break;
  } catch {
    // It has ended, and why does not matter to who did not want it.
  }
}
