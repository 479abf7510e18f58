import { numberToHex, type Hex } from "viem";

/** Blocks asked for at once: public nodes refuse wide ranges. */
const RANGE = 10_000n;

export interface BlockRange {
  readonly fromBlock: Hex;
  readonly toBlock: Hex;
}

/** The blocks between two, both included, in ranges that nodes answer; the newest first. */
export function* rangesBetween(first: bigint, last: bigint): Generator<BlockRange> {
  for (let to = last; to >= first; to -= RANGE) {
    const from = to - RANGE + 1n > first ? to - RANGE + 1n : first;
    yield { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  }
}
