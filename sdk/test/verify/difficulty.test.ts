import { type Hex, concatHex, keccak256, numberToHex, size, toRlp } from "viem";
import { describe, expect, it } from "vitest";
import { ANNOUNCED, STEPS, UNANNOUNCED } from "../../../test/support/difficulty.ts";
import { sealed } from "../../../test/support/sealed-header.ts";
import { followsRule, nextDifficulty, readAdjustment } from "../../src/verify/difficulty.ts";
import { type HeaderFields, rlpInteger, sealDigest } from "../../src/verify/header.ts";
import { checkLinks, checkSeals } from "../../src/verify/headers-check.ts";
import { workNotShown, workShown } from "../../src/verify/work.ts";

const CHAIN_ID = 20265;
const LEAST = 16n;
const FIRST = 100n;

/** Extra data that announce a rule. */
const announce = ({ chainId = CHAIN_ID, blockTime = 5n, least = LEAST }): Hex =>
  concatHex(["0x706f77636861696e", ...[chainId, blockTime, least].map((value) => numberToHex(value, { size: 8 }))]);
const RULE = announce({});

/** A header as its maker wants it; its number, link and seal are made to fit. */
interface Wanted {
  difficulty: bigint;
  timestamp: bigint;
  extraData?: Hex;
  gasUsed?: bigint;
}

const word = (digits: string): Hex => `0x${digits.repeat(32)}`;

/** Sealed headers that follow from one another. */
function run(...wanted: readonly Wanted[]): HeaderFields[] {
  let parentHash = word("00");
  return wanted.map(({ difficulty, timestamp, extraData = RULE, gasUsed = 0n }, index) => {
    const integers = [difficulty, FIRST + BigInt(index), 30_000_000n, gasUsed, timestamp].map((value) =>
      rlpInteger(numberToHex(value)),
    );
    const roots = [word("11"), word("22"), word("33")];
    const before = [
      parentHash,
      word("44"),
      `0x${"55".repeat(20)}` as const,
      ...roots,
      `0x${"00".repeat(256)}` as const,
    ];
    const fields = sealed([...before, ...integers, extraData, word("00"), numberToHex(0, { size: 8 }), "0x07"]);
    parentHash = keccak256(toRlp(fields));
    return fields;
  });
}

/** What the check says of a run of headers, none of which is the first block of its chain. */
function check(headers: HeaderFields[], chainId = CHAIN_ID): bigint {
  const [, linked] = checkLinks(headers, FIRST);
  return checkSeals(linked, chainId)[1];
}

describe("the difficulty of the next block", () => {
  it.each(STEPS)("$name", ({ difficulty, gasUsed, passed, next }) => {
    expect(nextDifficulty({ difficulty, gasUsed, timestamp: 7n, extraData: ANNOUNCED }, 7n + passed)).toBe(next);
  });

  it("stays the same where no rule is announced", () => {
    for (const extraData of UNANNOUNCED) {
      expect(readAdjustment(extraData)).toBeUndefined();
      expect(nextDifficulty({ difficulty: 9n, gasUsed: 0n, timestamp: 7n, extraData }, 7_000n)).toBe(9n);
    }
    expect(readAdjustment(ANNOUNCED)).toEqual({ chainId: 20265n, blockTime: 5n, least: 1000n });
    expect(size(RULE)).toBe(32);
  });
});

it("follows from no parent that announces a rule of no time", () => {
  const parent = { difficulty: 30n, gasUsed: 0n, timestamp: 7n, extraData: announce({ blockTime: 0n }) };
  for (const timestamp of [7n, 8n])
    expect(followsRule({ ...parent, difficulty: LEAST, timestamp }, parent)).toBe(false);
});

describe("a run of headers that starts anywhere", () => {
  it("O14 holds with the difficulties of the announced rule, and its work is their sum", () => {
    const headers = run(
      { difficulty: 30n, timestamp: 50n, gasUsed: 1n },
      { difficulty: 30n, timestamp: 51n },
      { difficulty: 32n, timestamp: 51n },
      { difficulty: LEAST, timestamp: 9_000n },
    );
    expect(check(headers)).toBe(108n);
    expect(
      check(
        run({ difficulty: 7n, timestamp: 1n, extraData: "0x" }, { difficulty: 7n, timestamp: 9n, extraData: "0x" }),
      ),
    ).toBe(14n);
  });

  const first: Wanted = { difficulty: 30n, timestamp: 50n };
  it.each<[string, ...Wanted[]]>([
    ["less difficulty than the rule gives", first, { difficulty: 31n, timestamp: 50n }],
    ["more difficulty than the rule gives", first, { difficulty: 33n, timestamp: 50n }],
    ["a difficulty of 1", first, { difficulty: 1n, timestamp: 50n }],
    [
      "a time that was changed for less difficulty, before the next block",
      first,
      { difficulty: 29n, timestamp: 60n },
      { difficulty: 29n, timestamp: 52n },
    ],
    ["less difficulty than a later time gives", first, { difficulty: 29n, timestamp: 52n }],
    ["a time before that of the parent", first, { difficulty: 32n, timestamp: 49n }],
    ["another rule midway", first, { difficulty: 32n, timestamp: 50n, extraData: announce({ least: 1n }) }],
    ["a rule of no time midway", first, { difficulty: 32n, timestamp: 50n, extraData: announce({ blockTime: 0n }) }],
    ["no rule midway", first, { difficulty: 30n, timestamp: 50n, extraData: "0x" }],
    ["a rule where there was none", { ...first, extraData: "0x" }, { difficulty: 30n, timestamp: 50n }],
    [
      "another difficulty without a rule",
      { ...first, extraData: "0x" },
      { difficulty: 29n, timestamp: 50n, extraData: "0x" },
    ],
    ["a first difficulty below the least", { difficulty: LEAST - 1n, timestamp: 50n }],
    ["a rule of no time", { ...first, extraData: announce({ blockTime: 0n }) }],
    ["a rule with no least difficulty", { ...first, extraData: announce({ least: 0n }) }],
    ["the rule of another chain", { ...first, extraData: announce({ chainId: 1 }) }],
  ])("O14 does not hold with %s", (_, ...wanted) => {
    expect(() => check(run(...wanted))).toThrow(expect.objectContaining({ code: "CHECK_FAILED" }));
  });

  it("O14 does not hold with a difficulty whose work is not there", () => {
    const [easy, hard] = run(first, { difficulty: 32n, timestamp: 50n });
    const claimed = hard!.with(7, numberToHex(2n ** 200n));
    expect(() => check([easy!, claimed.with(13, sealDigest(claimed))])).toThrow();
  });

  it("may announce a time that nobody waits for: it only makes the next blocks harder", () => {
    const extraData = announce({ blockTime: 2n ** 64n - 1n, least: 1n });
    const early = { difficulty: 150n, timestamp: 50n, extraData };
    expect(check(run(early, { ...early, difficulty: 159n, timestamp: 604_850n }))).toBe(309n);
    expect(() => check(run(early, { ...early, timestamp: 604_850n }))).toThrow();
  });

  it("of difficulty 1 proves nothing, and the report says how little that is", () => {
    const extraData = announce({ least: 1n });
    const work = check(run({ difficulty: 1n, timestamp: 1n, extraData }, { difficulty: 1n, timestamp: 1n, extraData }));
    expect(workShown(work).join()).toContain("about 2 SHA-256");
    expect(workNotShown(work).join()).toContain("0 seconds");
    expect(workNotShown(10n ** 6n * 119n).join()).toContain("119 seconds");
    expect(workNotShown(10n ** 6n * 7_000n).join()).toContain("116 minutes");
    expect(workNotShown(10n ** 6n * 100_000n).join()).toContain("27 hours");
    expect(workNotShown(10n ** 6n * 10n ** 6n).join()).toContain("11 days");
    expect([...workShown(0n), ...workNotShown(0n)]).toEqual([]);
  });
});
