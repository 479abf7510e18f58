import { createBlock } from "@ethereumjs/block";
import { RLP } from "@ethereumjs/rlp";
import { describe, expect, it } from "vitest";
import { createPowCommon } from "../src/common.ts";
import { readBlock, storedBlock } from "../src/stored-block.ts";

const common = createPowCommon(1, 2n);
const LIMIT = 30_000_000n;
const blockWith = (header: object) => createBlock({ header: { number: 7n, gasLimit: LIMIT, ...header } }, { common });

describe("a header", () => {
  it("has the hash and the next base fee that EthereumJS computes", () => {
    for (const gasUsed of [0n, 1n, LIMIT / 2n - 1n, LIMIT / 2n, LIMIT / 2n + 1n, LIMIT - 1n, LIMIT]) {
      for (const baseFeePerGas of [1n, 7n, 8n, 1_000_000_000n, 10n ** 18n]) {
        const block = blockWith({ gasUsed, baseFeePerGas });
        const { header } = storedBlock(block);
        expect(header.hash).toEqual(block.hash());
        expect(header.nextBaseFee(), `${gasUsed} ${baseFeePerGas}`).toBe(block.header.calcNextBaseFee());
      }
    }
  });

  it("is refused with a field too few or too many, of a wrong length, or with a leading zero", () => {
    const refused = (edit: (fields: Uint8Array[]) => void) => {
      const fields = blockWith({})
        .raw()[0]
        .map((field) => Uint8Array.from(field));
      edit(fields);
      return () => readBlock(RLP.encode([fields, [], []]));
    };
    expect(refused(() => undefined)).not.toThrow();
    expect(refused((fields) => fields.pop())).toThrow("fields");
    expect(refused((fields) => fields.push(Uint8Array.of(1)))).toThrow("fields");
    for (const at of [0, 2, 6, 14]) expect(refused((fields) => (fields[at] = new Uint8Array(31)))).toThrow("fields");
    for (const at of [7, 11, 15]) expect(refused((fields) => (fields[at] = Uint8Array.of(0, 1)))).toThrow("fields");
    expect(refused((fields) => (fields[12] = new Uint8Array(33)))).toThrow("fields");
    expect(refused((fields) => (fields[12] = Uint8Array.of(0)))).not.toThrow();
  });
});

describe("a block", () => {
  it("is refused when it is not its three lists, and the uncles empty", () => {
    const [header] = blockWith({}).raw();
    const uncle = [header, [], [header]];
    for (const parts of [[header, []], [header, [], [], []], [header, Uint8Array.of(1), []], uncle]) {
      expect(() => readBlock(RLP.encode(parts))).toThrow();
    }
    const whole = RLP.encode([header, [], []]);
    expect(() => readBlock(whole.subarray(0, -1))).toThrow("not a list");
    expect(() => readBlock(Uint8Array.of(...whole, 0))).toThrow("not a list");
    expect(() => readBlock(new Uint8Array(0))).toThrow();
  });
});
