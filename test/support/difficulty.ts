import type { Hex } from "viem";

/** What the rule for difficulties gives, worked out by hand: for powchain, which mines by it, and for the sdk, which checks it. */
interface Step {
  name: string;
  /** Of the parent. */
  difficulty: bigint;
  /** Gas that the parent used. */
  gasUsed: bigint;
  /** Seconds from the parent to the block. */
  passed: bigint;
  next: bigint;
}

/** Chain id 20265, a block each 5 s, difficulty at least 1000. */
export const ANNOUNCED: Hex = `0x${["706f77636861696e", "0000000000004f29", "0000000000000005", "00000000000003e8"].join("")}`;

export const STEPS: readonly Step[] = [
  { name: "at once", difficulty: 15_000n, gasUsed: 0n, passed: 0n, next: 16_000n },
  { name: "in time", difficulty: 16_001n, gasUsed: 0n, passed: 5n, next: 16_001n },
  { name: "rounded down", difficulty: 16_001n, gasUsed: 0n, passed: 4n, next: 16_203n },
  { name: "late", difficulty: 16_000n, gasUsed: 0n, passed: 10n, next: 15_058n },
  { name: "after a minute", difficulty: 16_000n, gasUsed: 0n, passed: 60n, next: 9_481n },
  { name: "after a week", difficulty: 16_000n, gasUsed: 0n, passed: 604_800n, next: 1_000n },
  { name: "at the least difficulty, late", difficulty: 1_000n, gasUsed: 0n, passed: 6n, next: 1_000n },
  { name: "at once after transactions", difficulty: 15_000n, gasUsed: 21_000n, passed: 0n, next: 15_000n },
  { name: "soon after transactions", difficulty: 15_000n, gasUsed: 21_000n, passed: 4n, next: 15_000n },
  { name: "late after transactions", difficulty: 16_000n, gasUsed: 21_000n, passed: 10n, next: 15_058n },
  { name: "beyond 64 bits", difficulty: 15n * 2n ** 100n, gasUsed: 0n, passed: 0n, next: 2n ** 104n },
];

/** Extra data that announce nothing: then the difficulty stays the same. */
export const UNANNOUNCED: readonly Hex[] = [
  "0x",
  "0x706f77636861696e203230323635",
  `${ANNOUNCED}00`,
  `0x${"11".repeat(32)}`,
];
