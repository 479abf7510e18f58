import { type Bytes, concat } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

/** How long a store may take to begin an answer, and between two parts of it, in milliseconds. */
const TIMEOUT = 20_000;
/** Slowest transfer that is waited for, in bytes a millisecond: a store that drips must not hold anybody up for ever. */
const SLOWEST = 64;

/** Longest time that moving so many bytes may take, in milliseconds. */
export function transferTimeout(bytes: number): number {
  return TIMEOUT + Math.ceil(bytes / SLOWEST);
}

/** What is sent with a request, when it is not a plain reading. */
export interface Sent {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly body?: Bytes;
  /** Makes an error of a refusal, whose body `read` gives when it is not longer than that; when absent, it is that of a store. */
  readonly refused?: (response: Response, read: (limit: number) => Promise<Bytes>) => Promise<ChartkeyError>;
}

async function asStore(url: string, { body, status, headers }: Response): Promise<ChartkeyError> {
  await body?.cancel();
  return refusalOf(url, { status, code: headers.get("x-store-error"), retryAfter: headers.get("retry-after") });
}

/**
 * Begins to fetch a body, whose parts come as they are asked for; no redirects, no cookies, timeouts (O10). Always from the store itself: a
 * copy that the browser kept says nothing of what the store still has. Whoever stops early ends the transfer.
 */
export async function fetchBody(url: string, { refused, ...sent }: Sent = {}): Promise<AsyncGenerator<Bytes>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(url, {
      ...sent,
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: abort.signal,
    });
    if (response.ok) return partsOf(response, abort, url);
    const read = (limit: number) => capped(partsOf(response, abort, url), limit);
    throw await (refused?.(response, read) ?? asStore(url, response));
  } catch (cause) {
    throw cause instanceof ChartkeyError ? cause : unreachable(url, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** The next part has to come in time, and all so far at a pace that ends: a store that drips is a store that does not answer. */
async function* partsOf({ body }: Response, abort: AbortController, url: string): AsyncGenerator<Bytes> {
  const reader = body?.getReader();
  let waited = 0;
  let size = 0;
  try {
    for (;;) {
      const left = transferTimeout(size) - waited;
      const timer = setTimeout(() => abort.abort(), Math.min(TIMEOUT, left));
      const began = Date.now();
      const part = await reader?.read().finally(() => clearTimeout(timer));
      waited += Date.now() - began;
      if (part === undefined || part.done) return;
      size += part.value.length;
      yield part.value;
    }
  } catch (cause) {
    throw unreachable(url, cause);
  } finally {
    await reader?.cancel().catch(() => {});
  }
}

/** Fetches a body of at most `limit` bytes. Throws `STORE_TOO_LARGE`, and what a store refuses with. */
export async function fetchCapped(url: string, limit: number, sent: Sent = {}): Promise<Bytes> {
  return capped(await fetchBody(url, sent), limit);
}

async function capped(body: AsyncIterable<Bytes>, limit: number): Promise<Bytes> {
  const parts: Bytes[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit)
      throw new ChartkeyError("STORE_TOO_LARGE", "The store sent more than this document may hold.", {
        details: { limit },
      });
    parts.push(part);
  }
  return concat(...parts);
}

/** The error for a store that does not answer. */
export function unreachable(url: string, cause: unknown): ChartkeyError {
  const { origin } = new URL(url);
  return new ChartkeyError(
    "STORE_UNREACHABLE",
    `The content store at ${origin} does not answer. Nothing was lost; try again when it runs.`,
    {
      cause,
      details: { url: origin },
    },
  );
}
