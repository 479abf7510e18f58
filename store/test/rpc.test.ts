import { CarReader } from "@ipld/car";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { CID } from "multiformats/cid";
import { describe, expect, it } from "vitest";
import { INTEROP, PROFILE, collect, collectBytes, dagPbCid, openStore, rawCid, someBytes } from "./support/fixture.ts";

const SMALL_CHUNKS = { ...PROFILE, chunker: "size-1000" };

describe("add and cat", () => {
  it("returns name, CID and size", async () => {
    const { client } = await openStore();
    const content = someBytes();
    const added = await client.add({ path: "ärzte letter.bin", content }, PROFILE);
    expect(added).toEqual({ path: "ärzte letter.bin", cid: CID.parse(rawCid(content)), size: content.length });
  });

  it("adds several files in one request, in order", async () => {
    const { client } = await openStore();
    const contents = [someBytes(), someBytes(3000), someBytes()];
    const added = await collect(
      client.addAll(
        contents.map((content) => ({ content })),
        SMALL_CHUNKS,
      ),
    );
    const read = await Promise.all(added.map(({ cid }) => collectBytes(client.cat(cid))));
    expect(read).toEqual(contents);
  });

  it.each([
    [{}, 0, 3500],
    [{ offset: 0, length: 10 }, 0, 10],
    [{ offset: 990, length: 1020 }, 990, 2010],
    [{ offset: 3400 }, 3400, 3500],
    [{ offset: 3400, length: 5000 }, 3400, 3500],
    [{ length: 0 }, 0, 0],
    [{ offset: 3500 }, 0, 0],
    [{ offset: 9999 }, 0, 0],
  ])("cat with %o", async (part, from, to) => {
    const { client } = await openStore();
    const content = someBytes(3500);
    const { cid } = await client.add(content, SMALL_CHUNKS);
    expect((await collectBytes(client.cat(cid, part))).equals(content.subarray(from, to))).toBe(true);
  });

  it("does not pin when asked not to", async () => {
    const { client } = await openStore();
    await client.add(someBytes(), { ...PROFILE, pin: false });
    expect(await collect(client.pin.ls())).toEqual([]);
  });

  it.each([
    { wrapWithDirectory: true },
    { trickle: true },
    { hashAlg: "sha2-512" },
    { chunker: "rabin" },
    { chunker: "size-9999999" },
    { cidVersion: 0, rawLeaves: true } as const,
  ])("refuses %o instead of giving another CID", async (options) => {
    const { client, store } = await openStore();
    await expect(client.add(someBytes(), { ...PROFILE, ...options })).rejects.toMatchObject({
      response: { status: 400 },
    });
    expect(await (await fetch(`${store.url}/health`)).json()).toMatchObject({ blocks: 0, pins: 0 });
  });

  it("refuses directories", async () => {
    const { client } = await openStore();
    await expect(client.add({ path: "a/b", content: "x" }, PROFILE)).rejects.toThrow("directories are not supported");
    await expect(client.add({ path: "a" }, PROFILE)).rejects.toThrow("directories are not supported");
  });

  it("fails at once for a file that is not here", async () => {
    const { client } = await openStore();
    const cid = rawCid(someBytes());
    await expect(collect(client.cat(cid))).rejects.toMatchObject({
      message: `block was not found locally (offline): could not find ${cid}`,
      response: { status: 500 },
    });
  });
});

describe("block", () => {
  it("puts, gets and stats a raw block without pinning it", async () => {
    const { client } = await openStore();
    const bytes = someBytes();
    const cid = await client.block.put(bytes);
    expect(cid.toString()).toBe(rawCid(bytes));
    expect(Buffer.from(await client.block.get(cid))).toEqual(bytes);
    expect(await client.block.stat(cid)).toEqual({ cid, size: bytes.length });
    expect(await collect(client.pin.ls())).toEqual([]);
  });

  it("puts a dag-pb block", async () => {
    const { client } = await openStore();
    const bytes = Buffer.of(0x0a, 0x02, 0x08, 0x01);
    expect((await client.block.put(bytes, { format: "dag-pb" })).toString()).toBe(dagPbCid(bytes));
  });

  it("refuses bytes that are not of the codec, other codecs and other hashes", async () => {
    const { client } = await openStore();
    const bytes = someBytes();
    await expect(client.block.put(Buffer.alloc(9, 0xff), { format: "dag-pb" })).rejects.toThrow("is not valid dag-pb");
    await expect(client.block.put(bytes, { format: "dag-json" })).rejects.toThrow('"cid-codec" must be raw or dag-pb');
    await expect(client.block.put(bytes, { mhtype: "sha2-512" })).rejects.toThrow('"mhtype" must be sha2-256');
  });

  it("refuses a block over 2 MiB and keeps one of 2 MiB", async () => {
    const { client } = await openStore();
    const limit = 2 * 1024 * 1024;
    await expect(client.block.put(Buffer.alloc(limit + 1))).rejects.toMatchObject({ response: { status: 413 } });
    expect((await client.block.stat(await client.block.put(Buffer.alloc(limit)))).size).toBe(limit);
  });

  it("reports a missing block as Kubo does offline", async () => {
    const { client } = await openStore();
    const missing = CID.parse(rawCid(someBytes()));
    await expect(client.block.get(missing)).rejects.toMatchObject({ response: { status: 500 } });
    await expect(client.block.stat(missing)).rejects.toThrow("block was not found locally");
  });
});

describe("pin", () => {
  it("lists roots as recursive and the blocks below as indirect", async () => {
    const { client } = await openStore();
    const content = someBytes(1500);
    const { cid } = await client.add(content, SMALL_CHUNKS);
    const leaves = [rawCid(content.subarray(0, 1000)), rawCid(content.subarray(1000))];
    const pins = await collect(client.pin.ls());
    expect(pins.map((pin) => [pin.cid.toString(), pin.type])).toEqual([
      [cid.toString(), "recursive"],
      [leaves[0], "indirect"],
      [leaves[1], "indirect"],
    ]);
    expect(await collect(client.pin.ls({ type: "recursive" }))).toHaveLength(1);
    expect(await collect(client.pin.ls({ type: "indirect" }))).toHaveLength(2);
    expect(await collect(client.pin.ls({ type: "direct" }))).toHaveLength(0);
    const [leaf] = await collect(client.pin.ls({ paths: CID.parse(leaves[1] ?? "") }));
    expect(leaf?.type).toBe(`indirect through ${cid}`);
  });

  it("adds and removes a pin", async () => {
    const { client } = await openStore();
    const { cid } = await client.add(someBytes(1500), { ...SMALL_CHUNKS, pin: false });
    expect((await client.pin.add(cid)).toString()).toBe(cid.toString());
    expect((await client.pin.add(cid)).toString()).toBe(cid.toString());
    expect(await collect(client.pin.ls({ paths: cid, type: "recursive" }))).toHaveLength(1);
    expect((await client.pin.rm(cid)).toString()).toBe(cid.toString());
    await expect(collect(client.pin.ls({ paths: cid }))).rejects.toThrow(`path '${cid}' is not pinned`);
  });

  it("says what is not pinned", async () => {
    const { client } = await openStore();
    const content = someBytes(1500);
    await client.add(content, SMALL_CHUNKS);
    const leaf = CID.parse(rawCid(content.subarray(0, 1000)));
    await expect(client.pin.rm(leaf)).rejects.toThrow("not pinned or pinned indirectly");
  });

  it("takes both CID versions of a root for one pin", async () => {
    const { client } = await openStore();
    const { cid } = await client.add("hello world\n");
    await client.pin.rm(cid.toV1());
    expect(await collect(client.pin.ls())).toEqual([]);
  });

  it("does not pin what is not complete, nor direct pins", async () => {
    const { client } = await openStore();
    const { cid } = await client.add(someBytes(1500), { ...SMALL_CHUNKS, onlyHash: true });
    await expect(client.pin.add(cid)).rejects.toThrow("could not find");
    const here = await client.block.put(someBytes());
    await expect(client.pin.add(here, { recursive: false })).rejects.toThrow("only recursive pins are kept");
    expect(await collect(client.pin.ls())).toEqual([]);
  });
});

describe("dag import and export", () => {
  it("carries a DAG to another store", async () => {
    const { client } = await openStore();
    const other = await openStore();
    const content = someBytes(5500);
    const { cid } = await client.add(content, SMALL_CHUNKS);
    const car = await collect(client.dag.export(cid));
    const [result] = await collect(other.client.dag.import(car));
    expect(result?.root).toEqual({ cid, pinErrorMsg: "" });
    expect((await collectBytes(other.client.cat(cid))).equals(content)).toBe(true);
    expect(await collect(other.client.pin.ls({ type: "recursive" }))).toHaveLength(1);
  });

  it("exports a CAR that the reference reader takes, root first", async () => {
    const { client } = await openStore();
    const { cid } = await client.add(someBytes(2500), SMALL_CHUNKS);
    const reader = await CarReader.fromBytes(await collectBytes(client.dag.export(cid)));
    expect(await reader.getRoots()).toEqual([cid]);
    const blocks = await collect(reader.blocks());
    expect(blocks.map((block) => block.cid.toString())).toEqual([
      dagPbCid(blocks[0]?.bytes ?? Buffer.alloc(0)),
      ...blocks.slice(1).map((block) => rawCid(block.bytes)),
    ]);
    expect(blocks).toHaveLength(4);
  });

  it("reports a root it cannot pin because blocks are left out", async () => {
    const { client } = await openStore();
    const other = await openStore();
    const { cid } = await client.add(someBytes(2500), SMALL_CHUNKS);
    const car = await collectBytes(client.dag.export(cid));
    const cutBlocks = 36 + 2 + 500; // the last leaf: length prefix, CID, bytes
    const [result] = await collect(other.client.dag.import([car.subarray(0, car.length - cutBlocks)]));
    expect(result?.root.pinErrorMsg).toContain("could not find");
    expect(await collect(other.client.pin.ls())).toEqual([]);
  });

  it("refuses a CAR with a changed byte", async () => {
    const { client } = await openStore();
    const other = await openStore();
    const { cid } = await client.add(someBytes(), PROFILE);
    const car = await collectBytes(client.dag.export(cid));
    car.writeUInt8(car.readUInt8(car.length - 1) ^ 1, car.length - 1);
    await expect(collect(other.client.dag.import([car]))).rejects.toThrow("does not match its CID");
    await expect(collect(other.client.dag.import([Buffer.from("no car")]))).rejects.toThrow("not a readable CAR file");
    expect(await (await fetch(`${other.store.url}/health`)).json()).toMatchObject({ blocks: 0, pins: 0 });
  });

  it("refuses a section longer than a block may be before reading it", async () => {
    const { client } = await openStore();
    const { cid } = await client.add(someBytes(), PROFILE);
    const car = await collectBytes(client.dag.export(cid));
    const header = car.subarray(0, car.length - 64 - 36 - 1);
    const claim = Buffer.concat([header, Buffer.of(0xff, 0xff, 0xff, 0x7f), cid.bytes, Buffer.alloc(100)]);
    await expect(collect(client.dag.import([claim]))).rejects.toThrow("over 2 MiB");
  });
});

describe("repo, id and version", () => {
  it("collects what is not pinned and keeps what is", async () => {
    const { client } = await openStore();
    const kept = someBytes(2500);
    const { cid } = await client.add(kept, SMALL_CHUNKS);
    const loose = await client.block.put(someBytes());
    const removed = await collect(client.repo.gc());
    expect(removed.map((entry) => entry.cid?.toString())).toEqual([loose.toString()]);
    await expect(client.block.get(loose)).rejects.toThrow("could not find");
    expect((await collectBytes(client.cat(cid))).equals(kept)).toBe(true);
  });

  it("keeps a block that one of two files still needs", async () => {
    const { client } = await openStore();
    const shared = someBytes(1000);
    const first = await client.add(Buffer.concat([shared, someBytes(10)]), SMALL_CHUNKS);
    const second = await client.add(Buffer.concat([shared, someBytes(10)]), SMALL_CHUNKS);
    await client.pin.rm(first.cid);
    expect(await collect(client.repo.gc())).toHaveLength(2);
    expect((await collectBytes(client.cat(second.cid))).subarray(0, 1000).equals(shared)).toBe(true);
  });

  it("counts blocks and bytes", async () => {
    const { client } = await openStore();
    await client.block.put(someBytes(100));
    await client.block.put(someBytes(23));
    const stat = await client.repo.stat();
    expect(stat).toMatchObject({ numObjects: 2n, repoPath: "" });
    // A Kubo counts what its own files need as well.
    if (INTEROP) expect(stat.repoSize).toBeGreaterThan(123n);
    else expect(stat.repoSize).toBe(123n);
    expect(stat.storageMax).toBeGreaterThan(stat.repoSize);
  });

  it("keeps its id over a restart", async () => {
    const first = await openStore();
    const { id } = await first.client.id();
    await first.store.close();
    const second = await openStore({ dataDir: first.dataDir });
    expect((await second.client.id()).id.toString()).toBe(id.toString());
    expect(id.toString()).toMatch(/^12D3Koo/);
    const manifest: unknown = JSON.parse(await readFile(path.join(import.meta.dirname, "../package.json"), "utf8"));
    expect(await second.client.version()).toMatchObject({ version: (manifest as { version: string }).version });
  });
});
