import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RLP } from "@ethereumjs/rlp";
import { describe, expect, it } from "vitest";
import { startPowchain, type PowchainOptions } from "../src/index.ts";
import { FILE_HEADER, forge, RECORD_HEADER, records } from "./files.ts";
import { alice, bob, clients, EASY, ETHER, result, start, temporaryDirectory } from "./helpers.ts";

const settings: PowchainOptions = { port: 0, difficulty: EASY, accounts: { [alice.address]: 1000n * ETHER } };

/** Mines an empty block and two transfers, stops, and returns the head hash. */
async function makeChain(dataDir: string): Promise<string> {
  const chain = await startPowchain({ ...settings, dataDir });
  const { wallet, reader } = clients(chain);
  await result(chain.url, "evm_mine");
  for (const value of [1n, 2n]) {
    await reader.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ to: bob.address, value }) });
  }
  const { hash } = await reader.getBlock();
  await chain.close();
  return hash;
}

const failure = async (dataDir: string, change: Partial<PowchainOptions> = {}): Promise<unknown> =>
  startPowchain({ ...settings, dataDir, ...change }).then(
    async (chain) => {
      await chain.close();
      return "started";
    },
    (error: unknown) => error,
  );

describe("a data directory", () => {
  it("gives the same chain after a restart, with state, receipts and older states", async () => {
    const dataDir = temporaryDirectory();
    const head = await makeChain(dataDir);
    const chain = await start({ dataDir });
    const { reader, wallet } = clients(chain);
    const block = await reader.getBlock();
    expect(block.hash).toBe(head);
    expect(block.number).toBe(3n);
    expect(await reader.getBalance({ address: bob.address })).toBe(3n);
    expect(await reader.getBalance({ address: bob.address, blockNumber: 2n })).toBe(1n);
    expect(await reader.getTransactionReceipt({ hash: block.transactions[0]! })).toMatchObject({ status: "success" });
    const hash = await wallet.sendTransaction({ to: bob.address, value: 4n });
    expect((await reader.waitForTransactionReceipt({ hash })).blockNumber).toBe(4n);
  });

  it("is refused when any byte of the file is changed", async () => {
    const dataDir = temporaryDirectory();
    await makeChain(dataDir);
    const path = join(dataDir, "blocks.dat");
    const original = readFileSync(path);
    // Every byte of the file header and of a record header, then a sample of everything.
    const positions = new Set(Array.from({ length: FILE_HEADER + RECORD_HEADER }, (_, position) => position));
    for (const { start } of records(original)) for (let i = 0; i < RECORD_HEADER; i++) positions.add(start + i);
    for (let position = 0; position < original.length; position += 29) positions.add(position);
    positions.add(original.length - 1);
    for (const position of positions) {
      const altered = Buffer.from(original);
      altered[position]! ^= 1 << (position % 8);
      writeFileSync(path, altered);
      expect(await failure(dataDir), `byte ${position}`).toMatchObject({ code: "POWCHAIN_FILE_ALTERED" });
    }
    writeFileSync(path, original);
    expect(await failure(dataDir)).toBe("started");
  });

  it("is refused with the block number when a block is forged with right checksums", async () => {
    const dataDir = temporaryDirectory();
    await makeChain(dataDir);
    const path = join(dataDir, "blocks.dat");
    const original = readFileSync(path);
    const change = (edit: (header: Uint8Array[], transactions: unknown[]) => void): Uint8Array => {
      const raw = RLP.decode(records(original)[1]!.content) as unknown as [Uint8Array[], Uint8Array[], []];
      edit(raw[0], raw[1]);
      return RLP.encode(raw);
    };
    const word = new Uint8Array(32).fill(7);
    const forgeries: [name: string, block: Uint8Array, reason: RegExp][] = [
      ["seal", change((header) => (header[14]![0]! ^= 1)), /block 2: .*seal/],
      ["state root", change((header) => (header[3] = word)), /block 2: .*seal/],
      ["difficulty", change((header) => (header[7] = Uint8Array.of(1))), /block 2: .*difficulty/],
      ["parent", change((header) => (header[0] = word)), /block 2: the parent hash/],
      ["transactions", change((_, transactions) => transactions.pop()), /block 2: /],
    ];
    for (const [name, block, reason] of forgeries) {
      writeFileSync(path, forge(original, 2, block));
      const error = await failure(dataDir);
      expect(error, name).toMatchObject({ code: "POWCHAIN_FILE_ALTERED", message: expect.stringMatching(reason) });
    }
  });

  it("is refused when a block is missing or two are swapped", async () => {
    const dataDir = temporaryDirectory();
    await makeChain(dataDir);
    const path = join(dataDir, "blocks.dat");
    const original = readFileSync(path);
    const [first, second, third] = records(original).map(({ start, content }) =>
      original.subarray(start, start + RECORD_HEADER + content.length),
    );
    const header = original.subarray(0, FILE_HEADER);
    for (const parts of [
      [header, second!, third!],
      [header, first!, third!, second!],
    ]) {
      writeFileSync(path, Buffer.concat(parts));
      expect(await failure(dataDir)).toMatchObject({ code: "POWCHAIN_FILE_ALTERED" });
    }
  });

  it("loses only an unfinished last block, and says so", async () => {
    const dataDir = temporaryDirectory();
    await makeChain(dataDir);
    const path = join(dataDir, "blocks.dat");
    const copy = `${path}.copy`;
    copyFileSync(path, copy);
    const size = readFileSync(path).length;
    const last = records(readFileSync(path)).at(-1)!;
    for (const cut of [size - 1, last.start + RECORD_HEADER, last.start + 5]) {
      copyFileSync(copy, path);
      truncateSync(path, cut);
      const said: string[] = [];
      const chain = await startPowchain({ ...settings, dataDir, log: (message) => said.push(message) });
      expect(chain.blockNumber()).toBe(2n);
      await chain.close();
      expect(said[0]).toContain(`${cut - last.start} bytes of an unfinished block after block 2`);
      expect(said[1]).toMatch(/2 blocks verified in \d+ ms, 0 of them executed/);
      expect(readFileSync(path).length).toBe(last.start);
    }
    copyFileSync(copy, path);
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(300)])); // allocated, never written
    const chain = await startPowchain({ ...settings, dataDir });
    expect(chain.blockNumber()).toBe(3n);
    await chain.close();
  });

  it("is refused with other genesis settings", async () => {
    const dataDir = temporaryDirectory();
    await makeChain(dataDir);
    for (const change of [{ chainId: 5 }, { difficulty: EASY + 1n }, { accounts: { [bob.address]: 1n } }]) {
      expect(await failure(dataDir, change)).toMatchObject({ code: "POWCHAIN_GENESIS_MISMATCH" });
    }
  });

  it("has one writer: a second start is refused, the lock of a dead process is taken over", async () => {
    const dataDir = temporaryDirectory();
    const chain = await startPowchain({ ...settings, dataDir });
    expect(await failure(dataDir)).toMatchObject({ code: "POWCHAIN_LOCKED" });
    await chain.close();
    expect(existsSync(join(dataDir, "lock"))).toBe(false);
    mkdirSync(dataDir, { recursive: true });
    for (const leftover of ["999999999\n", `${process.pid}\n`, ""]) {
      writeFileSync(join(dataDir, "lock"), leftover);
      expect(await failure(dataDir)).toBe("started");
    }
    writeFileSync(join(dataDir, "lock"), `${process.ppid}\n`);
    expect(await failure(dataDir)).toMatchObject({ code: "POWCHAIN_LOCKED" });
  });
});

describe("genesis", () => {
  it("is the same for the same settings, whatever the order and case of the accounts", async () => {
    const genesis = async (accounts: PowchainOptions["accounts"]) => {
      const chain = await start({ accounts });
      return result<{ hash: string }>(chain.url, "eth_getBlockByNumber", ["0x0", false]);
    };
    const lower = alice.address.toLowerCase() as `0x${string}`;
    const one = await genesis({ [alice.address]: 5n, [bob.address]: 6n });
    expect((await genesis({ [bob.address]: 6n, [lower]: 5n })).hash).toBe(one.hash);
    expect((await genesis({ [bob.address]: 6n, [lower]: 4n })).hash).not.toBe(one.hash);
  });
});
