import { type Hex, hexToBigInt, slice, stringToHex } from "viem";

/** A chain whose difficulty is adjusted says so in every block: tag, chain id, block time and least difficulty, 8 bytes each, big-endian. */
const TAG = stringToHex("powchain");
const HEX_DIGITS = 64;

/** Blocks over which the difficulty follows the machine. */
const WINDOW = 16n;

/** The rule by which a chain adjusts its difficulty. */
export interface Adjustment {
  chainId: bigint;
  /** Seconds between blocks that are aimed at. */
  blockTime: bigint;
  /** The least difficulty. */
  least: bigint;
}

/** The rule that a header's extra data announce; undefined when the difficulty stays the same. */
export function readAdjustment(extraData: Hex): Adjustment | undefined {
  if (extraData.length !== 2 + HEX_DIGITS || !extraData.startsWith(TAG)) return undefined;
  const at = (index: number) => hexToBigInt(slice(extraData, 8 * index, 8 * (index + 1)));
  return { chainId: at(1), blockTime: at(2), least: at(3) };
}

/** What the rule needs of a header. */
export interface PacedHeader {
  difficulty: bigint;
  gasUsed: bigint;
  /** Unix seconds. */
  timestamp: bigint;
  extraData: Hex;
}

/**
 * The difficulty of a block after `parent` at a time that is not before it: the parent's times 16 T / (15 T + t), T being the block time and t
 * the time that passed; never below the least, and not raised after a block with transactions. The same where no rule is announced.
 */
export function nextDifficulty(parent: PacedHeader, timestamp: bigint): bigint {
  const { difficulty, gasUsed, extraData } = parent;
  const rule = readAdjustment(extraData);
  if (rule === undefined) return difficulty;
  const { blockTime, least } = rule;
  const passed = timestamp - parent.timestamp;
  const counted = gasUsed > 0n && passed < blockTime ? blockTime : passed;
  const next = (difficulty * WINDOW * blockTime) / ((WINDOW - 1n) * blockTime + counted);
  return next > least ? next : least;
}

/** Whether the rule that a header announces can be followed, is of the chain, and allows the header's own difficulty. */
export function isOwnRule({ difficulty, extraData }: PacedHeader, chainId: number): boolean {
  const rule = readAdjustment(extraData);
  if (rule === undefined) return true;
  return rule.chainId === BigInt(chainId) && rule.blockTime > 0n && rule.least > 0n && difficulty >= rule.least;
}

/** Whether a header has the time, the announced rule and the difficulty that may follow its parent's. */
export function followsRule(header: PacedHeader, parent: PacedHeader): boolean {
  const rule = readAdjustment(parent.extraData);
  if (header.timestamp < parent.timestamp || rule?.blockTime === 0n) return false;
  const isSame =
    rule === undefined ? readAdjustment(header.extraData) === undefined : header.extraData === parent.extraData;
  return isSame && header.difficulty === nextDifficulty(parent, header.timestamp);
}
