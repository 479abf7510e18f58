import type { Rate } from "./budget.ts";
import type { Rights } from "./rights.ts";

/** Turns a plain store into one that asks who is there. */
export interface GateOptions {
  readonly rights: Rights;
  /** Origins by which clients reach this store, as `https://store.example`; default: loopback names with the store's port. */
  readonly origins?: readonly string[];
  /** Bearer token of the operator, who may do everything: at least 32 characters. Without one nobody may list, unpin or collect. */
  readonly operatorToken?: string;
  /** How long a yes of the chain counts, in milliseconds; default 2,000. */
  readonly freshForMs?: number;
  /** What one account may upload in all, in bytes; default 4 GiB. */
  readonly quotaBytes?: number;
  /** How long a chart's file may wait for the chain to name it before it is swept, in milliseconds; default 7 days. */
  readonly pendingForMs?: number;
  /** How often that is looked at, in milliseconds; default 6 hours. */
  readonly sweepEveryMs?: number;
  /** Requests of one account; default 2,000 at once and 200 a second. */
  readonly accountRate?: Rate;
  /** Requests from one network address; default 4,000 at once and 400 a second. */
  readonly addressRate?: Rate;
  /** Sign-ins from one network address; default 60 at once and 1 a second. */
  readonly signInRate?: Rate;
  /** Requests for what health links open from one network address; default 60 at once and 1 a second. */
  readonly linkRate?: Rate;
}

export const DEFAULTS = {
  freshForMs: 2_000,
  quotaBytes: 4 * 1024 ** 3,
  pendingForMs: 7 * 24 * 3_600_000,
  sweepEveryMs: 6 * 3_600_000,
  accountRate: { burst: 2_000, perSecond: 200 },
  addressRate: { burst: 4_000, perSecond: 400 },
  signInRate: { burst: 60, perSecond: 1 },
  linkRate: { burst: 60, perSecond: 1 },
} as const;

/** Largest letter: a vault, a card. */
export const MAX_LETTER_BYTES = 64 * 1024;
/** Largest public document: one block. */
export const MAX_PUBLIC_BYTES = 1024 * 1024;
