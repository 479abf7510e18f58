import { bigIntToBytes, bytesToBigInt, concatBytes, equalsBytes, setLengthLeft, utf8ToBytes } from "@ethereumjs/util";

/*
 * A chain whose difficulty is adjusted says so in the extraData of every block, integers big endian:
 *   extraData = "powchain" (8 characters) | u64 chain id | u64 block time in seconds | u64 least difficulty
 * So whoever has a run of headers has the rule with them. With any other extraData the difficulty stays the same.
 */
const TAG = utf8ToBytes("powchain");
const INTEGER = 8;
const ANNOUNCEMENT = 4 * INTEGER;

/** How many blocks the difficulty takes to follow: after an empty block at once it rises by a 15th. */
const WINDOW = 16n;

/** What a chain whose difficulty is adjusted announces. */
export interface Adjustment {
  readonly chainId: number;
  /** Seconds between blocks that the difficulty is adjusted towards, at least 1. */
  readonly blockTime: number;
  /** Least difficulty, at least 1 and below 2^64; that of genesis. */
  readonly least: bigint;
}

/** What the difficulty of the next block depends on. */
export interface PacedHeader {
  readonly difficulty: bigint;
  readonly gasUsed: bigint;
  readonly timestamp: bigint;
  readonly extraData: Uint8Array;
}

/** The extraData of every block of such a chain (32 bytes). */
export function encodeAdjustment({ chainId, blockTime, least }: Adjustment): Uint8Array {
  const integers = [BigInt(chainId), BigInt(blockTime), least];
  return concatBytes(TAG, ...integers.map((value) => setLengthLeft(bigIntToBytes(value), INTEGER)));
}

/** The extraData when they announce an adjustment; none otherwise. */
export function announcement(extraData: Uint8Array): Uint8Array {
  const isOne = extraData.length === ANNOUNCEMENT && equalsBytes(extraData.subarray(0, TAG.length), TAG);
  return isOne ? extraData : new Uint8Array(0);
}

/** Seconds between blocks that extraData announce; undefined when the difficulty stays the same. */
export function announcedBlockTime(extraData: Uint8Array): number | undefined {
  if (announcement(extraData).length === 0) return undefined;
  return Number(integerAt(extraData, 2));
}

/**
 * Difficulty of the block after `parent`: that of the parent times 16 T / (15 T + t), where T is the block time and t what passed between the
 * two, and at least the least one. After a block with transactions it does not rise: whoever sends many, each mined when it comes, makes no
 * chain slow. A pause of any length has its whole effect at once.
 *
 * @param timestamp of the block, in seconds; not before that of the parent
 */
export function nextDifficulty(
  { difficulty, gasUsed, timestamp: before, extraData }: PacedHeader,
  timestamp: bigint,
): bigint {
  if (announcement(extraData).length === 0) return difficulty;
  const [blockTime, least] = [integerAt(extraData, 2), integerAt(extraData, 3)];
  const passed = timestamp - before;
  const counted = gasUsed > 0n && passed < blockTime ? blockTime : passed;
  const next = (difficulty * WINDOW * blockTime) / ((WINDOW - 1n) * blockTime + counted);
  return next > least ? next : least;
}

function integerAt(extraData: Uint8Array, position: number): bigint {
  return bytesToBigInt(extraData.subarray(position * INTEGER, (position + 1) * INTEGER));
}
