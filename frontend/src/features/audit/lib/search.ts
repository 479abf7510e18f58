import { latinDigits } from "../../../lib/format/decimal.ts";
import { parseExpected } from "./expected.ts";

/** What a search can lead to. */
export type SearchTarget =
  | { readonly kind: "block"; readonly id: string }
  /** 32 bytes: a transaction's or a block's hash, else a digest; the chain tells which. */
  | { readonly kind: "hash"; readonly hash: `0x${string}` }
  | { readonly kind: "address"; readonly address: `0x${string}` }
  | { readonly kind: "content"; readonly cid: string };

/** Reads a search by its shape: digits with or without separators, 32 bytes or 20 bytes of hex, or a CID. Null when it is none of these. */
export function parseSearch(text: string): SearchTarget | null {
  const trimmed = text.trim();
  const digits = latinDigits(text).replace(/[\s.,'\u00a0\u202f٬]/g, "");
  if (/^\d{1,15}$/.test(digits)) return { kind: "block", id: String(Number(digits)) };
  if (/^0x[0-9a-f]{64}$/i.test(trimmed)) return { kind: "hash", hash: trimmed.toLowerCase() as `0x${string}` };
  if (/^0x[0-9a-f]{40}$/i.test(trimmed)) return { kind: "address", address: trimmed as `0x${string}` };
  return parseExpected(trimmed) ? { kind: "content", cid: trimmed } : null;
}
