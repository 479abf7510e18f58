import { headerFields, sealDigest, sealTarget, verifyHeader, viewHeader, type RpcHeader } from "@chartkey/sdk/verify";
import { numberToHex, sha256, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { minedBlocks } from "./mined-blocks.ts";

const [parent, child] = minedBlocks;
const changed = (fields: Partial<RpcHeader>): RpcHeader => ({ ...child, ...fields });

/** Makes the node's own hash fit a changed header, as a forger would. */
function forged(fields: Partial<RpcHeader>): RpcHeader {
  const header = changed(fields);
  return { ...header, hash: viewHeader(headerFields(header)).hash };
}

describe("verifyHeader, as the block list uses it", () => {
  it("accepts a mined block: its hash, its link and its work", () => {
    const digest = child.mixHash;
    expect(verifyHeader(child, parent)).toEqual({ hash: "ok", link: "ok", seal: "ok", difficulty: "ok", digest });
  });

  const fields: readonly (keyof RpcHeader)[] = [
    "parentHash",
    "sha3Uncles",
    "miner",
    "stateRoot",
    "transactionsRoot",
    "receiptsRoot",
    "logsBloom",
    "difficulty",
    "gasLimit",
    "gasUsed",
    "timestamp",
    "extraData",
    "baseFeePerGas",
  ];

  it.each(fields)("notices a changed %s in the hash, and in the seal when the hash was forged too", (field) => {
    const value = child[field] as Hex;
    const other = (
      value.endsWith("1") ? `${value.slice(0, -1)}2` : value === "0x" ? "0x01" : `${value.slice(0, -1)}1`
    ) as Hex;
    expect(verifyHeader(changed({ [field]: other }), parent).hash).toBe("broken");
    expect(verifyHeader(forged({ [field]: other }), parent)).toMatchObject({ hash: "ok", seal: "broken" });
  });

  it("notices another nonce, and a seal that is not the digest", () => {
    expect(verifyHeader(forged({ nonce: "0x0000000000000001" }), parent).seal).toBe("broken");
    expect(verifyHeader(forged({ mixHash: sha256("0x00") }), parent).seal).toBe("broken");
  });

  it("notices a digest above the target of the difficulty", () => {
    const difficulty = 2n ** 200n;
    const header = changed({ difficulty: numberToHex(difficulty) });
    const sealed = { ...header, mixHash: sealDigest(headerFields(header)) };
    expect(BigInt(sealed.mixHash)).toBeGreaterThan(sealTarget(difficulty));
    expect(verifyHeader(sealed, parent).seal).toBe("broken");
  });

  it("compares the link with the computed hash of the parent, not with the hash that the parent claims", () => {
    expect(verifyHeader(child, { ...parent, stateRoot: sha256("0x00") }).link).toBe("broken");
    expect(verifyHeader(child, null).link).toBe("none");
  });

  it("holds the difficulty against the chain's rule, so that no block claims less", () => {
    for (const difficulty of ["0x0", "0x1", "0x3fff", "0x4001"] as const)
      expect(verifyHeader(forged({ difficulty }), parent).difficulty).toBe("broken");
    expect(verifyHeader(forged({ timestamp: "0x1" }), parent).difficulty).toBe("broken");
    expect(verifyHeader(child, null).difficulty).toBe("none");
  });

  it("says that a chain without work has no seal, and no difficulty", () => {
    const without = { ...parent, difficulty: "0x0" } as const;
    expect(verifyHeader(forged({ difficulty: "0x0" }), without)).toMatchObject({
      hash: "ok",
      seal: "none",
      difficulty: "none",
    });
  });
});
