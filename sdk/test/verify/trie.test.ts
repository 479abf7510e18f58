import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import { type Hex, bytesToHex, hexToBytes, numberToHex } from "viem";
import { listRoot } from "@chartkey/sdk/verify";
import { describe, expect, it } from "vitest";

/** A value of a length that depends on its place: some shorter than a hash, some longer. */
const value = (index: number): Hex =>
  `0x${numberToHex(index + 1, { size: 2 })
    .slice(2)
    .repeat(1 + ((index * 7) % 40))}`;

describe("listRoot", () => {
  it.each([0, 1, 2, 3, 15, 16, 17, 127, 128, 129, 130, 257, 400])(
    "agrees with EthereumJS on %i values",
    async (count) => {
      const values = Array.from({ length: count }, (_, index) => value(index));
      const trie = await createMPT();
      for (const [index, item] of values.entries()) await trie.put(RLP.encode(index), hexToBytes(item));
      expect(listRoot(values)).toBe(bytesToHex(trie.root()));
    },
  );
});
