import { createHash } from "node:crypto";
import { createBlock, createBlockHeader } from "@ethereumjs/block";
import { RLP } from "@ethereumjs/rlp";
import { bigIntToBytes, bytesToHex } from "@ethereumjs/util";
import { describe, expect, it, onTestFinished } from "vitest";
import { sealBlock } from "../src/block-builder.ts";
import { Chain } from "../src/chain.ts";
import { createPowCommon } from "../src/common.ts";
import { Miner } from "../src/miner.ts";
import { checkBlock } from "../src/rules.ts";
import { readBlock, storedBlock } from "../src/stored-block.ts";
import { sealHash, target, verifySeal } from "../src/seal.ts";
import { alice, EASY, ETHER } from "./helpers.ts";

/** RLP of a string, written down from the Yellow Paper, appendix B. */
function rlpString(bytes: Uint8Array): Buffer {
  if (bytes.length === 1 && bytes[0]! < 0x80) return Buffer.from(bytes);
  if (bytes.length < 56) return Buffer.concat([Buffer.of(0x80 + bytes.length), bytes]);
  if (bytes.length < 256) return Buffer.concat([Buffer.of(0xb8, bytes.length), bytes]);
  return Buffer.concat([Buffer.of(0xb9, bytes.length >> 8, bytes.length & 0xff), bytes]);
}

function rlpLongList(items: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(items.map(rlpString));
  return Buffer.concat([Buffer.of(0xf9, body.length >> 8, body.length & 0xff), body]);
}

const sha256 = (...parts: Uint8Array[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const word = (byte: number, length = 32) => new Uint8Array(length).fill(byte);

const common = createPowCommon(1, EASY);
const fields = {
  parentHash: word(1),
  uncleHash: word(2),
  coinbase: word(3, 20),
  stateRoot: word(4),
  transactionsTrie: word(5),
  receiptTrie: word(6),
  logsBloom: word(7, 256),
  difficulty: 1000n,
  number: 5n,
  gasLimit: 30_000_000n,
  gasUsed: 0n,
  timestamp: 0x66000000n,
  extraData: Buffer.from("hi"),
  mixHash: word(8),
  nonce: word(9, 8),
  baseFeePerGas: 7n,
};

describe("sealHash", () => {
  it("is SHA-256 of the hand-made RLP of the header without mixHash and nonce", () => {
    const encoded = rlpLongList([
      ...[fields.parentHash, fields.uncleHash, fields.coinbase, fields.stateRoot, fields.transactionsTrie],
      ...[fields.receiptTrie, fields.logsBloom],
      ...[Buffer.of(0x03, 0xe8), Buffer.of(5), Buffer.of(0x01, 0xc9, 0xc3, 0x80), Buffer.alloc(0)],
      ...[Buffer.of(0x66, 0, 0, 0), fields.extraData, Buffer.of(7)],
    ]);
    const header = createBlockHeader(fields, { common });
    expect(Buffer.from(sealHash(header))).toEqual(sha256(encoded));
  });

  it("does not depend on mixHash and nonce, but on every other field", () => {
    const base = bytesToHex(sealHash(createBlockHeader(fields, { common })));
    const hashWith = (change: Partial<typeof fields>) =>
      bytesToHex(sealHash(createBlockHeader({ ...fields, ...change }, { common })));
    expect(hashWith({ mixHash: word(0), nonce: word(0, 8) })).toBe(base);
    const changes: Partial<typeof fields>[] = [
      ...[{ parentHash: word(9) }, { uncleHash: word(9) }, { coinbase: word(9, 20) }, { stateRoot: word(9) }],
      ...[{ transactionsTrie: word(9) }, { receiptTrie: word(9) }, { logsBloom: word(9, 256) }],
      ...[{ difficulty: 1001n }, { number: 6n }, { gasLimit: 29_999_999n }, { gasUsed: 1n }],
      ...[{ timestamp: 1n }, { extraData: Buffer.from("ho") }, { baseFeePerGas: 8n }],
    ];
    const hashes = changes.map(hashWith);
    expect(new Set([base, ...hashes]).size).toBe(changes.length + 1);
  });
});

describe("target", () => {
  it("is floor((2^256 - 1) / difficulty)", () => {
    expect(target(1n)).toBe(2n ** 256n - 1n);
    expect(target(2n)).toBe(2n ** 255n - 1n);
    expect(target(2n ** 256n - 1n)).toBe(1n);
    expect(() => target(0n)).toThrow(RangeError);
  });
});

describe("mining", () => {
  it("finds the first nonce whose digest, computed by node:crypto, meets the target", async () => {
    const miner = new Miner();
    onTestFinished(() => miner.close());
    const header = createBlockHeader(fields, { common });
    const seal = await miner.seal(header);
    const digestOf = (nonce: bigint) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(nonce);
      return sha256(sealHash(header), bytes);
    };
    const meets = (digest: Buffer) => BigInt(`0x${digest.toString("hex")}`) <= (2n ** 256n - 1n) / fields.difficulty;
    const nonce = Buffer.from(seal.nonce).readBigUInt64BE();
    expect(Buffer.from(seal.mixHash)).toEqual(digestOf(nonce));
    expect(meets(digestOf(nonce))).toBe(true);
    for (let earlier = 0n; earlier < nonce; earlier++) expect(meets(digestOf(earlier))).toBe(false);
    expect(seal.hashes).toBe(Number(nonce) + 1);
  });

  it("rejects a search under way when it is closed", async () => {
    const miner = new Miner();
    const endless = miner.seal(createBlockHeader({ ...fields, difficulty: 2n ** 64n }, { common }));
    const outcome = expect(endless).rejects.toMatchObject({ code: "POWCHAIN_CLOSED" });
    await miner.close();
    await outcome;
  });
});

describe("a block", () => {
  const open = async () => {
    const accounts = { [alice.address]: ETHER };
    const chain = await Chain.open({ chainId: 1, difficulty: 2n ** 12n, accounts, log: () => undefined });
    onTestFinished(() => chain.close());
    return chain;
  };

  it("is refused with another mixHash or nonce, or with any header field changed after sealing", async () => {
    const chain = await open();
    const block = await chain.mine();
    const { mixHash, nonce } = block.header;
    expect(verifySeal(block.header)).toBe(true);
    expect(verifySeal(sealBlock(block, { mixHash: word(0), nonce }).header)).toBe(false);
    expect(verifySeal(sealBlock(block, { mixHash, nonce: word(0xff, 8) }).header)).toBe(false);
    const moved = createBlockHeader(
      { ...block.header, timestamp: block.header.timestamp + 1n },
      { common: block.common },
    );
    expect(verifySeal(moved)).toBe(false);
  });

  it("is refused with a true digest that misses the target", async () => {
    const chain = await open();
    const block = await chain.mine();
    const nonce = word(0xff, 8);
    const mixHash = new Uint8Array(sha256(sealHash(block.header), nonce));
    expect(verifySeal(sealBlock(block, { mixHash, nonce }).header)).toBe(false);
  });

  it("is refused by the chain with another difficulty, number, base fee or an earlier time, though sealed", async () => {
    const chain = await open();
    const parent = await chain.mine();
    const miner = new Miner();
    onTestFinished(() => miner.close());
    const good = await chain.mine();
    const resealed = async (change: object) => {
      const draft = createBlock({ header: { ...good.header, ...change } }, { common: good.common });
      return sealBlock(draft, await miner.seal(draft.header));
    };
    const check = async (change: object) => checkBlock(storedBlock(await resealed(change)), header);
    const { header } = storedBlock(parent);
    const { number, gasLimit } = good.header;
    await expect(check({ difficulty: 1n })).rejects.toThrow("difficulty");
    await expect(check({ number: number + 1n })).rejects.toThrow("number");
    await expect(check({ baseFeePerGas: 1n })).rejects.toThrow("base fee");
    await expect(check({ gasLimit: gasLimit + gasLimit / 1024n })).rejects.toThrow("gas limit");
    await expect(check({ timestamp: parent.header.timestamp - 1n })).rejects.toThrow("timestamp");
    await expect(check({ parentHash: word(7) })).rejects.toThrow("parent hash");
    await expect(check({ uncleHash: word(7) })).rejects.toThrow("uncles");
    await expect(check({ transactionsTrie: word(7) })).rejects.toThrow("transactions");
    await expect(
      checkBlock(storedBlock(sealBlock(good, { mixHash: word(0), nonce: word(0, 8) })), header),
    ).rejects.toThrow("seal");
    await expect(check({ timestamp: parent.header.timestamp })).resolves.toBeUndefined();
    // EthereumJS makes no such header.
    const [spent] = good.raw();
    spent[10] = bigIntToBytes(gasLimit + 1n);
    const seal = await miner.seal(readBlock(RLP.encode([spent, [], []])).header);
    [spent[13], spent[14]] = [seal.mixHash, seal.nonce];
    await expect(checkBlock(readBlock(RLP.encode([spent, [], []])), header)).rejects.toThrow("gas is used");
  });
});
