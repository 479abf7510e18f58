import { type Bytes, concat, copy } from "./bytes.ts";

/** Bytes that come in parts, cut anywhere: what files, responses and generators give. */
export type ByteStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableStream<Uint8Array>;

/**
 * The parts of a stream, one after the other. Who stops early cancels the stream.
 * Reads a ReadableStream by its reader: not every browser can iterate one.
 */
export async function* chunksOf(source: ByteStream): AsyncGenerator<Uint8Array> {
  if (!("getReader" in source)) return yield* source;
  const reader = source.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
  }
}

/** First one part, then those that follow it, handed on without a turn of their own. Who stops early ends the rest, too. */
export function resume<Part extends Uint8Array>(first: Part, rest: AsyncGenerator<Part>): AsyncGenerator<Part> {
  let isFirst = true;
  const end = (value?: unknown) => {
    isFirst = false;
    return rest.return(value);
  };
  return {
    next() {
      if (!isFirst) return rest.next();
      isFirst = false;
      return Promise.resolve({ done: false, value: first });
    },
    return: end,
    throw: (error: unknown) => rest.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** A part that WebCrypto accepts, copied only when it lies in shared memory. */
export function unshared(bytes: Uint8Array): Bytes {
  return isUnshared(bytes) ? bytes : copy(bytes);
}

function isUnshared(bytes: Uint8Array): bytes is Bytes {
  return bytes.buffer instanceof ArrayBuffer;
}

/** All parts as one array of its own. */
export async function collect(source: ByteStream): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  for await (const part of chunksOf(source)) parts.push(part);
  return concat(...parts);
}

/**
 * Does `work` for up to `limit` items at the same time and gives the results in the items' order. What an item holds may be
 * overwritten as soon as `work` has returned its promise.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // A later item may fail while an earlier one is waited for; its error is thrown in its turn.
    result.catch(() => {});
    if (running.push(result) === limit) yield await running.shift()!;
  }
  for (const result of running) yield await result;
}
