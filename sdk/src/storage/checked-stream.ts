import { type ContentReference, referenceOfStream } from "./cid.ts";

/** The same parts; an error in place of their end when together they have another reference. */
export async function* onlyIf<Part extends Uint8Array>(
  { codec, digest }: ContentReference,
  parts: AsyncIterable<Part>,
  problem: () => Error,
): AsyncGenerator<Part> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const computing = referenceOfStream(readable);
  computing.catch(() => {});
  const writer = writable.getWriter();
  try {
    for await (const part of parts) {
      await writer.write(part);
      yield part;
    }
    await writer.close();
  } finally {
    await writer.abort().catch(() => {});
  }
  const found = await computing;
  if (found.codec !== codec || found.digest !== digest.toLowerCase()) throw problem();
}
