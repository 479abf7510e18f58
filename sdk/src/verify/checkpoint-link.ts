import type { Hex } from "viem";
import type { Chain } from "../chain/connection.ts";
import type { BlockClaim } from "./checkpoint.ts";
import { viewHeader } from "./header.ts";
import { readHeaders } from "./node.ts";

/** Headers that are asked for, and held, at a time. */
const WINDOW = 256n;

/** Blocks that follow from one another: `hash` is that of block `to`. When `broken`, `to` is the last one that does. */
export interface Linked {
  from: bigint;
  to: bigint;
  hash: Hex;
  broken: boolean;
}

/**
 * Follows the chain from the lowest of some blocks to the newest: each header names the one before by its hash, and each of the blocks is met
 * on the way. So a node cannot show old blocks beside a newer chain that does not follow from them. Throws `CHAIN_FALSE_ANSWER`, `CHAIN_FAILED`.
 *
 * @param claims blocks of the chain, at least one
 */
export async function linkToNewest(chain: Chain, claims: readonly BlockClaim[]): Promise<Linked> {
  const hashes = new Map(claims.map(({ number, hash }) => [number, hash]));
  const [first, ...others] = hashes.keys();
  const from = others.reduce((least, number) => (number < least ? number : least), first!);
  const newest = await chain.client.getBlockNumber({ cacheTime: 0 });
  let linked: Linked = { from, to: from, hash: hashes.get(from)!, broken: false };
  for (let start = from; start <= newest; start += WINDOW) {
    const end = start + WINDOW - 1n;
    for (const header of await readHeaders(chain, start, end < newest ? end : newest)) {
      const { number, hash, parentHash } = viewHeader(header);
      const follows = number === from || (number === linked.to + 1n && parentHash === linked.hash);
      if (!follows || (hashes.get(number) ?? hash) !== hash) return { ...linked, broken: true };
      linked = { ...linked, to: number, hash };
    }
  }
  // A node that calls an older block its newest one has not shown that these follow.
  const unmet = [...hashes.keys()].some((number) => number > newest);
  return { ...linked, broken: unmet };
}
