import { type Bytes, concat } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";

/** How long a store may take to begin an answer, and between two parts of it, in milliseconds. */
const TIMEOUT = 20_000;
/** Slowest transfer that is waited for, in bytes a millisecond: a store that drips must not hold anybody up for ever. */
const SLOWEST = 64;

/** Longest time that moving so many bytes may take, in milliseconds. */
export function transferTimeout(bytes: number): number {
  return TIMEOUT + Math.ceil(bytes / SLOWEST);
}

/** In its header `x-store-error`, a store names a block whose bytes on its disk are no longer those that it was given. */
const DAMAGED = "STORE_BLOCK_CORRUPT";

function refusal(url: string, { status, headers }: Response): ChartkeyError {
  if (status === 404 || status === 410)
    return new ChartkeyError("STORE_NOT_FOUND", "This store does not have the record's bytes.", { details: { url } });
  if (headers.get("x-store-error") === DAMAGED)
    return new ChartkeyError("STORE_DAMAGED", "The store's copy is damaged. Ask its author to send it again.", {
      details: { url },
    });
  return new ChartkeyError("STORE_REFUSED", `The store answered with status ${status}. Try again later.`, {
    details: { url, status },
  });
}

/**
 * Fetches a body of at most `limit` bytes; no redirects, no cookies, a timeout (O10). Always from the store itself: a copy that the
 * browser kept says nothing of what the store still has.
 */
export async function fetchCapped(url: string, limit: number): Promise<Bytes> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), TIMEOUT);
  const deadline = setTimeout(() => abort.abort(), transferTimeout(limit));
  const rearm = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), TIMEOUT);
  };
  try {
    const response = await fetch(url, {
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: abort.signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(url, response);
    }
    return await readCapped(response, limit, rearm);
  } catch (cause) {
    if (cause instanceof ChartkeyError) throw cause;
    throw unreachable(url, cause);
  } finally {
    clearTimeout(timer);
    clearTimeout(deadline);
  }
}

async function readCapped(response: Response, limit: number, onPart: () => void): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return concat(...parts);
    onPart();
    size += part.value.length;
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
