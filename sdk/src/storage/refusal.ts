import { ChartkeyError } from "../errors.ts";

/** What a store says of a refusal, whichever client asked. */
interface Refusal {
  readonly status: number;
  /** Its header `x-store-error`; null when it has none. */
  readonly code: string | null;
  /** Its header `retry-after`, in seconds. */
  readonly retryAfter: string | null;
}

type Answer = readonly [code: string, message: string];

const NOT_HERE: Answer = ["STORE_NOT_FOUND", "This store does not have the record's bytes."];

/** What a store's code comes to here. */
const BY_CODE: Readonly<Record<string, Answer>> = {
  STORE_BLOCK_CORRUPT: ["STORE_DAMAGED", "The store's copy is damaged. Ask its author to send it again."],
  STORE_NOT_PINNED: NOT_HERE,
  STORE_BLOCK_MISSING: NOT_HERE,
  STORE_UNAUTHORIZED: ["STORE_UNAUTHORIZED", "The store asks who you are. Sign in with your wallet and try again."],
  STORE_CHAIN_UNREACHABLE: [
    "STORE_CHAIN_UNREACHABLE",
    "The store cannot ask the chain who may do this, so it hands nothing out. Try again in a moment.",
  ],
  STORE_KUBO_FAILED: [
    "STORE_UNREACHABLE",
    "The store's own storage does not answer. Nothing was lost; try again when it runs.",
  ],
  STORE_QUOTA_EXCEEDED: ["STORE_QUOTA", "Your account has no room left in the store. Ask its operator for more."],
  STORE_DISK_FULL: ["STORE_QUOTA", "The store has no room left. Ask its operator to make some."],
};

/** What a status comes to when no code says more. */
const BY_STATUS: Readonly<Record<number, Answer>> = {
  401: BY_CODE["STORE_UNAUTHORIZED"]!,
  403: [
    "STORE_FORBIDDEN",
    "The store does not give you this: you have no access to it now. Ask the patient for access.",
  ],
  404: NOT_HERE,
  410: NOT_HERE,
  413: ["STORE_TOO_LARGE", "This is larger than the store keeps. Nothing was stored."],
};

/** The error for a store that answered with a refusal. */
export function refusalOf(url: string, { status, code, retryAfter }: Refusal): ChartkeyError {
  const details = { url: new URL(url).origin, status };
  if (status === 429) {
    const wait = Number(retryAfter ?? 1);
    return new ChartkeyError("STORE_BUSY", `The store was asked too often. Try again in ${wait} seconds.`, {
      details: { ...details, retryAfter: wait },
    });
  }
  const [ours, message] = BY_CODE[code ?? ""] ?? BY_STATUS[status] ?? [];
  if (ours !== undefined && message !== undefined) return new ChartkeyError(ours, message, { details });
  return new ChartkeyError("STORE_REFUSED", `The store answered with status ${status}. Try again later.`, { details });
}
