import { hexToBytes } from "@ethereumjs/util";
import { assert, bigInt, property, uniqueArray } from "fast-check";
import { describe, expect, it } from "vitest";
import { ANNOUNCED, STEPS, UNANNOUNCED } from "../../test/support/difficulty.ts";
import { announcedBlockTime, announcement, encodeAdjustment, nextDifficulty } from "../src/difficulty.ts";

const BLOCK_TIME = 5;
const LEAST = 2n ** 16n;
/** Hashes a second of the miner on a laptop. */
const RATE = 1e6;
const extraData = encodeAdjustment({ chainId: 20265, blockTime: BLOCK_TIME, least: LEAST });

describe("the difficulty of the next block", () => {
  it.each(STEPS)("$name", ({ difficulty, gasUsed, passed, next }) => {
    const parent = { difficulty, gasUsed, timestamp: 7n, extraData: hexToBytes(ANNOUNCED) };
    expect(nextDifficulty(parent, 7n + passed)).toBe(next);
  });

  it("stays the same where no rule is announced", () => {
    for (const other of UNANNOUNCED.map((hex) => hexToBytes(hex))) {
      const parent = { difficulty: 9n, gasUsed: 0n, timestamp: 7n, extraData: other };
      expect(nextDifficulty(parent, 7_000n)).toBe(9n);
      expect(announcement(other)).toHaveLength(0);
      expect(announcedBlockTime(other)).toBeUndefined();
    }
    expect(encodeAdjustment({ chainId: 20265, blockTime: 5, least: 1000n })).toEqual(hexToBytes(ANNOUNCED));
    expect(announcedBlockTime(hexToBytes(ANNOUNCED))).toBe(5);
  });

  it("is least, between two blocks, when the time was divided evenly", () => {
    const seconds = 640;
    const after = (times: readonly bigint[]) => {
      let parent = { difficulty: 2n ** 60n, gasUsed: 0n, timestamp: 0n, extraData };
      for (const timestamp of times) parent = { ...parent, difficulty: nextDifficulty(parent, timestamp), timestamp };
      return parent.difficulty;
    };
    const even = after(Array.from({ length: 64 }, (_, index) => BigInt((index + 1) * 10)));
    const moments = uniqueArray(bigInt(0n, BigInt(seconds)), { minLength: 63, maxLength: 63 });
    const holds = property(moments, (times) => {
      const sorted = [...times.toSorted((a, b) => Number(a - b)), BigInt(seconds)];
      expect(after(sorted)).toBeGreaterThanOrEqual(even);
    });
    assert(holds, { numRuns: 200 });
  });
});

interface Miner {
  /** Hashes a second. */
  rate: number;
  blocks: number;
  difficulty: bigint;
  /** Seconds before a block is begun; none: without a pause. */
  pause?: (chance: number) => number;
  /** Share of blocks with transactions. */
  busy?: number;
}

interface Mined {
  difficulty: bigint;
  /** Seconds that the work took. */
  took: number;
}

/** The same numbers from 0 to 1 at each run. */
function chances(): () => number {
  let state = 1n;
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number(state >> 11n) / 2 ** 53;
  };
}

/** Blocks whose work takes what chance and the rate of a machine give. */
function simulate({ rate, blocks, difficulty, pause = () => 0, busy = 0 }: Miner): Mined[] {
  const chance = chances();
  let now = 0;
  let parent = { difficulty, gasUsed: 0n, timestamp: 0n, extraData };
  return Array.from({ length: blocks }, () => {
    now += pause(chance());
    const timestamp = BigInt(Math.floor(now));
    const next = nextDifficulty(parent, timestamp);
    const took = (-Math.log(1 - chance()) * Number(next)) / rate;
    now += took;
    parent = { difficulty: next, gasUsed: chance() < busy ? 21_000n : 0n, timestamp, extraData };
    return { difficulty: next, took };
  });
}

/** Seconds of work that the difficulty of a block is worth, against the block time. */
const pace = ({ difficulty }: Mined, rate: number) => Number(difficulty) / rate / BLOCK_TIME;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Blocks until the difficulty is what the machine does in the block time, give or take a fifth. */
function reached(mined: readonly Mined[], rate: number): number {
  const index = mined.findIndex((block) => Math.abs(Math.log2(pace(block, rate))) < 0.3);
  return index < 0 ? Infinity : index;
}

describe("a chain mined without a pause", () => {
  it("comes from the least difficulty to its block time within 150 blocks, and stays there", () => {
    const mined = simulate({ rate: RATE, blocks: 5_000, difficulty: LEAST });
    expect(reached(mined, RATE)).toBeLessThan(150);
    const later = mined.slice(500);
    expect(mean(later.map(({ took }) => took)) / BLOCK_TIME).toBeCloseTo(1.03, 1);
    for (const block of later) expect(Math.abs(Math.log2(pace(block, RATE)))).toBeLessThan(1.5);
    const wobble = mean(later.map((block) => Math.log2(pace(block, RATE)) ** 2)) ** 0.5;
    expect(wobble).toBeLessThan(0.35);
  });

  it.each([4, 0.25])("follows a machine %d times as fast within 80 blocks", (times) => {
    const settled = BigInt(RATE * BLOCK_TIME);
    const mined = simulate({ rate: RATE * times, blocks: 200, difficulty: settled });
    expect(reached(mined, RATE * times)).toBeLessThan(80);
  });

  it("gives way to who waits: with transactions in half of its blocks, these come faster, but not by half", () => {
    const mined = simulate({ rate: RATE, blocks: 5_000, difficulty: LEAST, busy: 0.5 }).slice(500);
    const faster = mean(mined.map(({ took }) => took)) / BLOCK_TIME;
    expect(faster).toBeGreaterThan(0.7);
    expect(faster).toBeLessThan(0.9);
  });
});

describe("a chain mined on demand", () => {
  it("stays at the least difficulty all day, through bursts of transactions", () => {
    const pause = (chance: number) => (chance < 0.9 ? 0 : 60 * (chance - 0.9) * 10);
    const mined = simulate({ rate: RATE, blocks: 5_000, difficulty: LEAST, pause, busy: 1 });
    expect(mined[0]!.difficulty).toBeLessThan((LEAST * 16n) / 15n + 1n);
    expect(mined.slice(100).every(({ difficulty }) => difficulty === LEAST)).toBe(true);
  });

  it("comes down from what was mined without a pause: at once after a week, within minutes otherwise", () => {
    const settled = BigInt(RATE * BLOCK_TIME);
    const week = nextDifficulty({ difficulty: settled, gasUsed: 21_000n, timestamp: 0n, extraData }, 604_800n);
    expect(week).toBe(LEAST);
    const mined = simulate({ rate: RATE, blocks: 20, difficulty: settled, pause: () => 60, busy: 1 });
    expect(mined[9]!.difficulty).toBe(LEAST);
  });
});
