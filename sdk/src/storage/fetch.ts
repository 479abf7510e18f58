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
  readonly method?: "GET" | "POST" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly body?: Bytes;
}

/**
 * Fetches a body of at most `limit` bytes; no redirects, no cookies, a timeout (O10). Always from the store itself: a copy that the
 * browser kept says nothing of what the store still has.
 */
export async function fetchCapped(url: string, limit: number, sent: Sent = {}): Promise<Bytes> {
  const abort = new AbortController();
  const began = Date.now();
  let timer = setTimeout(() => abort.abort(), TIMEOUT);
  /** The next part has to come in time, and all so far at a pace that ends: a store that drips is a store that does not answer. */
  const rearm = (size: number) => {
    clearTimeout(timer);
    const left = began + transferTimeout(size) - Date.now();
    timer = setTimeout(() => abort.abort(), Math.min(TIMEOUT, left));
  };
  try {
    const response = await fetch(url, {
      ...sent,
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      const { status, headers } = response;
      throw refusalOf(url, { status, code: headers.get("x-store-error"), retryAfter: headers.get("retry-after") });
    }
    return await readCapped(response, limit, rearm);
  } catch (cause) {
    if (cause instanceof ChartkeyError) throw cause;
    throw unreachable(url, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function readCapped(response: Response, limit: number, onPart: (size: number) => void): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return concat(...parts);
    size += part.value.length;
    onPart(size);
    if (size > limit) {
      await reader?.cancel();
      throw new ChartkeyError("STORE_TOO_LARGE", "The store sent more than this document may hold.", {
        details: { limit },
      });
    }
    parts.push(part.value);
  }
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
