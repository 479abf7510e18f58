import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { CID } from "multiformats/cid";
import { expect, it, onTestFinished } from "vitest";
import { FileBlocks } from "../src/file-blocks.ts";
import { shareFlush } from "../src/durable.ts";
import { Leases } from "../src/leases.ts";
import { blockFile, collect, rawCid, someBytes, temporaryDirectory } from "./support/fixture.ts";

async function openBlocks(): Promise<{ blocks: FileBlocks; dataDir: string }> {
  const dataDir = await temporaryDirectory();
  const blocks = await FileBlocks.open(dataDir);
  onTestFinished(() => blocks.close());
  return { blocks, dataDir };
}

it("asks about a removal in the block's turn: whoever comes later sees it done", async () => {
  const { blocks } = await openBlocks();
  const lease = new Leases().open();
  for (let round = 0; round < 20; round++) {
    const bytes = someBytes();
    const cid = CID.parse(rawCid(bytes));
    await blocks.put(cid, bytes, lease);
    const removal = blocks.deleteUnless(cid, () => false);
    const seen = await Promise.allSettled([blocks.has(cid), blocks.get(cid)]);
    expect(await removal).toBe(true);
    expect(seen[0]).toEqual({ status: "fulfilled", value: false });
    expect(seen[1]).toMatchObject({ status: "rejected", reason: { code: "STORE_BLOCK_MISSING" } });
    const again = blocks.deleteUnless(cid, () => false);
    await blocks.put(cid, bytes, lease);
    expect(await again).toBe(false);
    expect(await blocks.has(cid)).toBe(true);
  }
  expect(blocks.count).toBe(20);
});

it("keeps what is needed", async () => {
  const { blocks } = await openBlocks();
  const bytes = someBytes();
  const cid = CID.parse(rawCid(bytes));
  await blocks.put(cid, bytes, new Leases().open());
  expect(await blocks.deleteUnless(cid, () => true)).toBe(false);
  expect(await blocks.has(cid)).toBe(true);
});

it("writes one file for one block, however many store it at once", async () => {
  const { blocks, dataDir } = await openBlocks();
  const bytes = someBytes();
  const cid = CID.parse(rawCid(bytes));
  const lease = new Leases().open();
  await Promise.all(Array.from({ length: 10 }, () => blocks.put(cid, bytes, lease)));
  expect(await readdir(path.dirname(blockFile(dataDir, bytes)))).toEqual([path.basename(blockFile(dataDir, bytes))]);
  expect(blocks.count).toBe(1);
  expect(await readdir(path.join(dataDir, "tmp"))).toEqual([]);
});

it("neither counts nor lists files that are not blocks, and clears half-written ones", async () => {
  const dataDir = await temporaryDirectory();
  await mkdir(path.join(dataDir, "blocks", "AA"), { recursive: true });
  await mkdir(path.join(dataDir, "tmp"));
  await writeFile(path.join(dataDir, "blocks", "AA", "notes.data"), "x");
  await writeFile(path.join(dataDir, "blocks", "AA", "BCIQ.txt"), "x");
  await writeFile(path.join(dataDir, "tmp", "half"), "x");
  const blocks = await FileBlocks.open(dataDir);
  expect(blocks.count).toBe(0);
  expect(await collect(blocks.list())).toEqual([]);
  expect(await readdir(path.join(dataDir, "tmp"))).toEqual([]);
});

it("shares a flush only with those who wrote before it began", async () => {
  const begun: PromiseWithResolvers<void>[] = [];
  const flush = shareFlush(() => {
    const run = Promise.withResolvers<void>();
    begun.push(run);
    return run.promise;
  });
  const settled: string[] = [];
  const first = flush().then(() => settled.push("first"));
  const late = [flush(), flush()].map((run) => run.then(() => settled.push("late")));
  expect(begun).toHaveLength(1);
  begun[0]?.resolve();
  await first;
  await new Promise(setImmediate);
  expect(settled).toEqual(["first"]);
  expect(begun).toHaveLength(2);
  begun[1]?.resolve();
  await Promise.all(late);
  expect(begun).toHaveLength(2);
});

it("does not let one failed flush fail the next", async () => {
  let fail = true;
  const flush = shareFlush(() => (fail ? Promise.reject(new Error("disk")) : Promise.resolve()));
  const both = Promise.allSettled([flush(), flush()]);
  fail = false;
  expect((await both).map((outcome) => outcome.status)).toEqual(["rejected", "fulfilled"]);
});
