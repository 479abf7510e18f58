import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createBlock, type Block } from "@ethereumjs/block";
import { RLP } from "@ethereumjs/rlp";
import { bytesToHex } from "@ethereumjs/util";
import { describe, expect, it, onTestFinished } from "vitest";
import { sealBlock } from "../src/block-builder.ts";
import { Chain } from "../src/chain.ts";
import { encodeAdjustment, nextDifficulty } from "../src/difficulty.ts";
import { revalidatePowchain, startPowchain, type PowchainOptions } from "../src/index.ts";
import { Miner } from "../src/miner.ts";
import { checkBlock } from "../src/rules.ts";
import { storedBlock } from "../src/stored-block.ts";
import { FILE_HEADER, forge, RECORD_HEADER, records } from "./files.ts";
import { alice, bob, clients, EASY, ETHER, result, start, temporaryDirectory } from "./helpers.ts";

interface Header {
  readonly difficulty: string;
  readonly totalDifficulty: string;
  readonly extraData: string;
  readonly timestamp: string;
}

const settings: PowchainOptions = { port: 0, difficulty: EASY, accounts: { [alice.address]: 1000n * ETHER } };
const BLOCK_TIME = 60;
const extraData = encodeAdjustment({ chainId: 20265, blockTime: BLOCK_TIME, least: EASY });

const failure = (options: Partial<PowchainOptions>): Promise<unknown> =>
  startPowchain({ ...settings, ...options }).then(
    async (chain) => {
      await chain.close();
      return "started";
    },
    (error: unknown) => error,
  );

describe("a chain with a block time", () => {
  it("announces it in every block, and adjusts the difficulty", async () => {
    const chain = await start({ blockTime: BLOCK_TIME });
    for (let blocks = 0; blocks < 20; blocks++) await result(chain.url, "evm_mine");
    let total = 0n;
    let parent = { difficulty: EASY, gasUsed: 0n, timestamp: 0n, extraData };
    for (let number = 0; number <= 20; number++) {
      const header = await result<Header>(chain.url, "eth_getBlockByNumber", [`0x${number.toString(16)}`, false]);
      const [difficulty, timestamp] = [BigInt(header.difficulty), BigInt(header.timestamp)];
      expect(header.extraData).toBe(bytesToHex(extraData));
      expect(difficulty).toBe(number === 0 ? EASY : nextDifficulty(parent, timestamp));
      total += difficulty;
      expect(BigInt(header.totalDifficulty)).toBe(total);
      parent = { difficulty, gasUsed: 0n, timestamp, extraData };
    }
    expect(parent.difficulty).toBeGreaterThan(2n * EASY);
  });

  it("does not become slower by transactions, and calls see the difficulty of the block to come", async () => {
    const chain = await start({ blockTime: 1000 });
    const { wallet, reader } = clients(chain);
    const send = async () => {
      const hash = await wallet.sendTransaction({ to: bob.address, value: 1n });
      return reader.waitForTransactionReceipt({ hash });
    };
    // The first block comes long after genesis, the next ones at once.
    for (let sent = 0; sent < 5; sent++) await send();
    expect((await reader.getBlock()).difficulty).toBe(EASY);
    await result(chain.url, "evm_mine");
    expect((await reader.getBlock()).difficulty).toBe(EASY);
    const difficulty = "0x445f5260205ff3"; // PREVRANDAO, which is DIFFICULTY here; MSTORE and RETURN
    const { data } = await reader.call({ data: difficulty });
    await result(chain.url, "evm_mine");
    expect(BigInt(data!)).toBe((await reader.getBlock()).difficulty);
    expect(BigInt(data!)).toBeGreaterThan(EASY);
  });

  it("lets its work make the pace, and stops while it works", { timeout: 60_000 }, async () => {
    const chain = await start({ blockTime: 2, blockEveryMs: 10, emptyBlocks: true });
    const { reader } = clients(chain);
    await expect.poll(async () => (await reader.getBlock()).difficulty, { timeout: 50_000 }).toBeGreaterThan(8n * EASY);
    const endless = await startPowchain({ ...settings, difficulty: 2n ** 60n, blockEveryMs: 10, emptyBlocks: true });
    await result(endless.url, "eth_blockNumber");
    await endless.close();
    expect(endless.blockNumber()).toBe(0n);
  });

  it.each([0, -1, 1.5, Number.NaN, 86_401])("cannot be %d seconds", async (blockTime) => {
    expect(await failure({ blockTime })).toMatchObject({ code: "POWCHAIN_OPTIONS" });
  });

  it("needs a difficulty that fits what is announced", async () => {
    expect(await failure({ blockTime: 1, difficulty: 2n ** 64n })).toMatchObject({ code: "POWCHAIN_OPTIONS" });
  });
});

describe("a data directory", () => {
  const mined = async (options: Partial<PowchainOptions>) => {
    const dataDir = temporaryDirectory();
    const chain = await startPowchain({ ...settings, ...options, dataDir });
    for (let blocks = 0; blocks < 3; blocks++) await result(chain.url, "evm_mine");
    await chain.close();
    return dataDir;
  };

  it("keeps the block time, which need not be said again", async () => {
    const dataDir = await mined({ blockTime: BLOCK_TIME });
    for (const options of [{}, { blockTime: BLOCK_TIME }]) {
      const chain = await startPowchain({ ...settings, ...options, dataDir });
      await result(chain.url, "evm_mine");
      const { extraData: said } = await result<Header>(chain.url, "eth_getBlockByNumber", ["latest", false]);
      expect(said).toBe(bytesToHex(extraData));
      await chain.close();
    }
    const said: string[] = [];
    expect(await revalidatePowchain({ ...settings, dataDir, log: (line) => said.push(line) })).toBe(5n);
    expect(said.join()).toContain("5 blocks verified");
  });

  it("is refused with another, and says which it has and what to do", async () => {
    const adjusted = await mined({ blockTime: BLOCK_TIME });
    const fixed = await mined({});
    for (const [dataDir, said] of [
      [adjusted, `is adjusted to a block each ${BLOCK_TIME} s`],
      [fixed, "stays the same"],
    ] as const) {
      const error = await failure({ dataDir, blockTime: 5 });
      expect(error).toMatchObject({ code: "POWCHAIN_GENESIS_MISMATCH", message: expect.stringContaining(said) });
      expect(await failure({ dataDir })).toBe("started");
    }
    expect(await failure({ dataDir: adjusted, difficulty: EASY + 1n })).toMatchObject({
      code: "POWCHAIN_GENESIS_MISMATCH",
    });
  });

  it("that stopped before its first block is opened as it was begun, and otherwise says what is needed", async () => {
    const dataDir = temporaryDirectory();
    await (await startPowchain({ ...settings, dataDir, blockTime: BLOCK_TIME })).close();
    expect(await failure({ dataDir })).toMatchObject({
      code: "POWCHAIN_GENESIS_MISMATCH",
      message: expect.stringMatching(/has no block yet.*--adjust-difficulty.*nothing is lost/),
    });
    expect(await failure({ dataDir, blockTime: BLOCK_TIME })).toBe("started");
  });

  it("is refused when its first block was changed, whatever is said of the block time", async () => {
    const dataDir = await mined({ blockTime: BLOCK_TIME });
    const path = join(dataDir, "blocks.dat");
    const original = readFileSync(path);
    const [first] = records(original);
    const changed = Buffer.from(original);
    changed[FILE_HEADER + RECORD_HEADER + first!.content.length / 2]! ^= 1;
    const raw = RLP.decode(first!.content) as unknown as [Uint8Array[], [], []];
    raw[0].pop();
    for (const bytes of [changed, forge(original, 1, RLP.encode(raw)), forge(original, 1, Uint8Array.of(1))]) {
      writeFileSync(path, bytes);
      for (const options of [{}, { blockTime: BLOCK_TIME }])
        expect(await failure({ ...options, dataDir })).toMatchObject({ code: "POWCHAIN_FILE_ALTERED" });
    }
    writeFileSync(path, original);
    expect(await failure({ dataDir })).toBe("started");
  });
});

describe("a block is refused, though it is sealed,", () => {
  const pair = async (blockTime?: number): Promise<[Block, Block]> => {
    const accounts = { [alice.address]: ETHER };
    const chain = await Chain.open({ chainId: 20265, difficulty: EASY, blockTime, accounts, log: () => undefined });
    onTestFinished(() => chain.close());
    await chain.mine();
    return [await chain.mine(), await chain.mine()];
  };
  const check = async (parent: Block, good: Block, change: object) => {
    const miner = new Miner();
    onTestFinished(() => miner.close());
    const draft = createBlock({ header: { ...good.header, ...change } }, { common: good.common });
    const block = sealBlock(draft, await miner.seal(draft.header));
    return checkBlock(storedBlock(block), storedBlock(parent).header);
  };

  it("with less difficulty or more than the rule gives, or less than the least", async () => {
    const [parent, good] = await pair(BLOCK_TIME);
    const { difficulty } = good.header;
    expect(difficulty).toBeGreaterThan(EASY);
    await expect(check(parent, good, {})).resolves.toBeUndefined();
    for (const other of [1n, EASY - 1n, EASY, difficulty - 1n, difficulty + 1n])
      await expect(check(parent, good, { difficulty: other })).rejects.toThrow(`must be ${difficulty}`);
  });

  it("with a later time for less difficulty than that time gives, or an earlier one", async () => {
    const [parent, good] = await pair(BLOCK_TIME);
    const timestamp = parent.header.timestamp + 600n;
    const difficulty = nextDifficulty(parent.header, timestamp);
    expect(difficulty).toBeLessThan(good.header.difficulty);
    await expect(check(parent, good, { timestamp })).rejects.toThrow(`must be ${difficulty}`);
    await expect(check(parent, good, { timestamp, difficulty })).resolves.toBeUndefined();
    await expect(check(parent, good, { timestamp: parent.header.timestamp - 1n })).rejects.toThrow("timestamp");
  });

  it("when it announces another rule than its parent, or one where there was none", async () => {
    const others = [
      new Uint8Array(0),
      new Uint8Array(32),
      ...[{ blockTime: 0 }, { blockTime: 1 }, { blockTime: 2 ** 52 }, { least: 0n }, { least: 1n }, { chainId: 1 }].map(
        (change) => encodeAdjustment({ chainId: 20265, blockTime: BLOCK_TIME, least: EASY, ...change }),
      ),
    ];
    const [parent, good] = await pair(BLOCK_TIME);
    for (const other of others)
      await expect(check(parent, good, { extraData: other })).rejects.toThrow("another difficulty rule");
    const [fixedParent, fixed] = await pair();
    await expect(check(fixedParent, fixed, { extraData })).rejects.toThrow("another difficulty rule");
    await expect(check(fixedParent, fixed, { extraData: Uint8Array.of(7) })).resolves.toBeUndefined();
  });
});
