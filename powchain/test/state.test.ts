import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RLP } from "@ethereumjs/rlp";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { revalidatePowchain, startPowchain, type Powchain, type PowchainOptions } from "../src/index.ts";
import { forge, RECORD_HEADER, records } from "./files.ts";
import { FORMER_BLOCKS, FORMER_HEAD } from "./former-version.ts";
import { alice, EASY, ETHER, result, rpc, temporaryDirectory } from "./helpers.ts";
import { mineNumber, numbers, pictureOf } from "./numbers.ts";

const BLOCKS = 4;
const settings: PowchainOptions = { port: 0, difficulty: EASY, accounts: { [alice.address]: 1000n * ETHER } };

/** Blocks and state of a chain of four, the last one empty, and all that it answered before it was stopped. */
let blocks: Buffer;
let state: Buffer;
let picture: unknown;

/** Starts the chain of a directory; `said` is what it logged. */
async function open(dataDir: string, change: Partial<PowchainOptions> = {}): Promise<Powchain & { said: string }> {
  const lines: string[] = [];
  const chain = await startPowchain({ ...settings, dataDir, ...change, log: (line) => lines.push(line) });
  onTestFinished(() => chain.close());
  return {
    ...chain,
    get said() {
      return lines.join("\n");
    },
  };
}

function directoryWith(files: { blocks: Uint8Array; state?: Uint8Array }): string {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "blocks.dat"), files.blocks);
  if (files.state) writeFileSync(join(directory, "state.dat"), files.state);
  return directory;
}

/** Starts, expects the same chain with as many blocks executed again, and that the next start executes none. */
async function expectHealed(dataDir: string, executed: number, reason: RegExp | string): Promise<void> {
  const chain = await open(dataDir);
  expect(chain.said).toMatch(reason);
  expect(chain.said).toContain(`${executed} of them executed`);
  expect(await pictureOf(chain)).toEqual(picture);
  await chain.close();
  const again = await open(dataDir);
  expect(again.said).toMatch(/^[^\n]*, 0 of them executed$/);
  expect(await pictureOf(again)).toEqual(picture);
  await again.close();
}

/** Changes the record of a block. */
function changed(edit: (parts: { receipts: Uint8Array[]; nodes: Uint8Array[] }) => unknown) {
  return (record: Buffer): Uint8Array => {
    const parts = RLP.decode(Uint8Array.from(record)) as unknown as [Uint8Array[], Uint8Array, Uint8Array];
    const [receipts, hashes, encoded] = parts;
    const nodes = RLP.decode(encoded) as Uint8Array[];
    edit({ receipts, nodes });
    return RLP.encode([receipts, hashes.slice(-32 * nodes.length), RLP.encode(nodes)]);
  };
}

/** The state with each node of one block changed but the root, and right checksums. */
function withForgedNodes(number: number): Buffer {
  const forgeAll = changed(({ nodes }) => {
    for (const node of nodes.slice(1)) node[5]! ^= 1;
  });
  return forge(state, number, forgeAll(records(state)[number - 1]!.content));
}

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "powchain-"));
  const chain = await startPowchain({ ...settings, dataDir: directory });
  for (let at = 1; at < BLOCKS; at++) await mineNumber(chain);
  await result(chain.url, "evm_mine");
  picture = await pictureOf(chain);
  await chain.close();
  blocks = readFileSync(join(directory, "blocks.dat"));
  state = readFileSync(join(directory, "state.dat"));
  rmSync(directory, { recursive: true });
}, 60_000);

describe("the state on disk", () => {
  it("is read at the next start, and no block is executed again", async () => {
    const chain = await open(directoryWith({ blocks, state }));
    expect(chain.said).toMatch(/^[^\n]*blocks.dat: 4 blocks verified in \d+ ms, 0 of them executed$/);
    expect(await pictureOf(chain)).toEqual(picture);
    await mineNumber(chain);
    expect(await result(chain.url, "eth_getStorageAt", [numbers, "0x5"])).toBe(`0x${"5".padStart(64, "0")}`);
  });

  it("of a directory of the version before, which had none, is made once", async () => {
    const dataDir = directoryWith({ blocks: FORMER_BLOCKS });
    const first = await open(dataDir);
    expect(await result(first.url, "eth_getBlockByNumber", ["latest", false])).toMatchObject({ hash: FORMER_HEAD });
    expect(first.said).toMatch(/state.dat: no state of block 1: it was not written.*\n.*3 of them executed$/);
    const made = await pictureOf(first);
    await first.close();
    const second = await open(dataDir);
    expect(second.said).toContain("0 of them executed");
    expect(await pictureOf(second)).toEqual(made);
  });

  it("is made again from the first block on of which any byte is changed", { timeout: 120_000 }, async () => {
    const starts = records(state).map(({ start }) => start);
    const positions = new Set([0, 20, 45]);
    for (const start of starts) for (const offset of [0, 3, 5, 9, RECORD_HEADER]) positions.add(start + offset);
    for (let position = 0; position < state.length; position += 1499) positions.add(position);
    positions.add(state.length - 1);
    for (const position of positions) {
      const damaged = Buffer.from(state);
      damaged[position]! ^= 1 << (position % 8);
      const kept = Math.max(0, starts.filter((start) => start <= position).length - 1);
      await expectHealed(directoryWith({ blocks, state: damaged }), BLOCKS - kept, "state.dat");
    }
  });

  it.each([
    ["a changed receipt", 2, changed(({ receipts }) => (receipts[0]![10]! ^= 1))],
    ["a receipt too few", 3, changed(({ receipts }) => receipts.pop())],
    ["the state of another block", 3, () => records(state)[1]!.content],
    ["the root of the state left out", 2, changed(({ nodes }) => nodes.shift())],
    ["something else altogether", 1, () => Buffer.from("state")],
  ] as const)("is made again where it has %s, with right checksums", async (_, number, content) => {
    const forged = forge(state, number, content(records(state)[number - 1]!.content));
    await expectHealed(directoryWith({ blocks, state: forged }), BLOCKS - number + 1, `no state of block ${number}`);
  });

  it("with forged nodes answers nothing from them, and is made again at the next start", async () => {
    const dataDir = directoryWith({ blocks, state: withForgedNodes(3) });
    const chain = await open(dataDir);
    expect(chain.said).toContain("0 of them executed");
    const slots = ["0x1", "0x2", "0x3"];
    const answers = await Promise.all(slots.map((slot) => rpc(chain.url, "eth_getStorageAt", [numbers, slot, "0x3"])));
    expect(answers.map(({ error }) => error?.message)).toEqual(
      slots.map(() => expect.stringMatching(/^The state on disk is damaged .* Start again/)),
    );
    expect(await result(chain.url, "eth_getStorageAt", [numbers, "0x2", "0x2"])).toBe(`0x${"2".padStart(64, "0")}`);
    expect(chain.said).toContain("the state on disk is damaged");
    await chain.close();
    await expectHealed(dataDir, BLOCKS, "no state of block 1");
  });

  it("of blocks that are gone is removed with them", async () => {
    const dataDir = directoryWith({ blocks: blocks.subarray(0, records(blocks)[2]!.start), state });
    const chain = await open(dataDir);
    expect(chain.said).toMatch(/ 2 blocks verified in \d+ ms, 0 of them executed$/);
    expect(readFileSync(join(dataDir, "state.dat"))).toEqual(state.subarray(0, records(state)[2]!.start));
    await mineNumber(chain);
    const after = await pictureOf(chain);
    await chain.close();
    const again = await open(dataDir);
    expect(again.said).toMatch(/ 3 blocks verified in \d+ ms, 0 of them executed$/);
    expect(await pictureOf(again)).toEqual(after);
  });

  it("of another chain is begun anew", async () => {
    const other = temporaryDirectory();
    const stranger = await open(other, { chainId: 5 });
    await mineNumber({ ...stranger, chainId: 5 });
    await stranger.close();
    const dataDir = directoryWith({ blocks, state: readFileSync(join(other, "state.dat")) });
    await expectHealed(dataDir, BLOCKS, "state.dat is not the state of this chain");
  });
});

describe("revalidation", () => {
  const revalidate = async (dataDir: string): Promise<{ blocks: bigint; said: string }> => {
    const lines: string[] = [];
    const blocks = await revalidatePowchain({ ...settings, dataDir, log: (line) => lines.push(line) });
    return { blocks, said: lines.join("\n") };
  };

  it("executes every block, and leaves a state that holds as it is", async () => {
    const dataDir = directoryWith({ blocks, state });
    const { blocks: count, said } = await revalidate(dataDir);
    expect(count).toBe(BigInt(BLOCKS));
    expect(said).toMatch(/^[^\n]* 4 blocks verified in \d+ ms, 4 of them executed$/);
    expect(readFileSync(join(dataDir, "state.dat"))).toEqual(state);
  });

  it("finds forged nodes, and puts the right ones in their place", async () => {
    const dataDir = directoryWith({ blocks, state: withForgedNodes(3) });
    const { said } = await revalidate(dataDir);
    expect(said).toContain("no state of block 3: executing the block gives another");
    expect(readFileSync(join(dataDir, "state.dat"))).toEqual(state);
  });

  it("waits for the chain to be stopped", async () => {
    const dataDir = directoryWith({ blocks, state });
    await open(dataDir);
    await expect(revalidate(dataDir)).rejects.toMatchObject({ code: "POWCHAIN_LOCKED" });
  });
});
