import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { create } from "kubo-rpc-client";
import { describe, expect, it } from "vitest";
import { startStore } from "../src/index.ts";
import {
  PROFILE,
  blockFile,
  collect,
  collectBytes,
  openStore,
  rawCid,
  someBytes,
  temporaryDirectory,
} from "./support/fixture.ts";

const SMALL_CHUNKS = { ...PROFILE, chunker: "size-1000" };

describe("restart", () => {
  it("keeps data and pins, and what was unpinned stays unpinned", async () => {
    const before = await openStore();
    const content = someBytes(2500);
    const { cid } = await before.client.add(content, SMALL_CHUNKS);
    const { cid: dropped } = await before.client.add(someBytes(), PROFILE);
    await before.client.pin.rm(dropped);
    await before.store.close();
    const after = await openStore({ dataDir: before.dataDir });
    expect((await collectBytes(after.client.cat(cid))).equals(content)).toBe(true);
    const pins = await collect(after.client.pin.ls({ type: "recursive" }));
    expect(pins.map((pin) => pin.cid.toString())).toEqual([cid.toString()]);
    expect(await collect(after.client.repo.gc())).toHaveLength(1);
  });

  it("keeps everything it answered when killed while writing", async () => {
    const dataDir = await temporaryDirectory();
    const child = fork(path.join(import.meta.dirname, "support/store-process.ts"), [dataDir], { execArgv: [] });
    const [url] = (await once(child, "message")) as [string];
    const gone = once(child, "exit");
    const client = create({ url });
    const contents = Array.from({ length: 80 }, () => someBytes(3000));
    const answered: Buffer[] = [];
    const writes = contents.map(async (content) => {
      await client.add(content, SMALL_CHUNKS);
      answered.push(content);
      if (answered.length === 50) child.kill("SIGKILL");
    });
    await Promise.allSettled(writes);
    await gone;
    expect(answered.length).toBeGreaterThanOrEqual(50);
    const after = await openStore({ dataDir });
    await collect(after.client.repo.gc());
    for (const content of answered) {
      const { cid } = await after.client.add(content, { ...SMALL_CHUNKS, onlyHash: true });
      expect(await collect(after.client.pin.ls({ paths: cid, type: "recursive" }))).toHaveLength(1);
      expect((await collectBytes(after.client.cat(cid))).equals(content)).toBe(true);
    }
  });
});

describe("a damaged block", () => {
  it("is refused, never served, and repaired by storing it again", async () => {
    const { client, store, dataDir } = await openStore();
    const content = someBytes();
    const { cid } = await client.add(content, PROFILE);
    await writeFile(blockFile(dataDir, content), someBytes(content.length));
    const refusal = { message: `block ${cid} is damaged on disk: its hash does not match`, response: { status: 500 } };
    await expect(client.block.get(cid)).rejects.toMatchObject(refusal);
    await expect(client.block.stat(cid)).rejects.toMatchObject(refusal);
    await expect(collect(client.cat(cid))).rejects.toMatchObject(refusal);
    await expect(collect(client.dag.export(cid))).rejects.toMatchObject(refusal);
    for (const format of ["raw", "car"]) {
      const answer = await fetch(`${store.url}/ipfs/${cid}?format=${format}`);
      expect([answer.status, answer.headers.get("x-store-error")]).toEqual([500, "STORE_BLOCK_CORRUPT"]);
    }
    await client.add(content, PROFILE);
    expect((await collectBytes(client.cat(cid))).equals(content)).toBe(true);
  });

  it("in the middle of a file breaks the answer off", async () => {
    const { client, dataDir } = await openStore();
    const content = someBytes(5000);
    const { cid } = await client.add(content, SMALL_CHUNKS);
    await truncate(blockFile(dataDir, content.subarray(3000, 4000)), 10);
    await expect(collect(client.cat(cid))).rejects.toThrow();
    await expect(collect(client.dag.export(cid))).rejects.toThrow();
    expect((await collectBytes(client.cat(cid, { length: 1000 }))).equals(content.subarray(0, 1000))).toBe(true);
  });

  it("stops a collection before it removes anything", async () => {
    const { client, dataDir } = await openStore();
    const { cid } = await client.add(someBytes(2500), SMALL_CHUNKS);
    const loose = await client.block.put(someBytes());
    await writeFile(blockFile(dataDir, Buffer.from(await client.block.get(cid))), "damaged");
    await expect(collect(client.repo.gc())).rejects.toThrow("is damaged on disk");
    expect((await client.block.stat(loose)).size).toBe(64);
  });
});

describe("the pin log", () => {
  it.each(["0123456789abcdef + bafk", "0123456789abcdef + bafkqaaa\n", "\0\0\0\0\n\0\0\n"])(
    "is read up to a torn tail (%j)",
    async (tail) => {
      const before = await openStore();
      const { cid } = await before.client.add(someBytes(), PROFILE);
      await before.store.close();
      await appendFile(path.join(before.dataDir, "pins.log"), tail);
      const after = await openStore({ dataDir: before.dataDir });
      const { cid: later } = await after.client.add(someBytes(), PROFILE);
      await after.store.close();
      const again = await openStore({ dataDir: before.dataDir });
      const pins = await collect(again.client.pin.ls());
      expect(pins.map((pin) => pin.cid.toString())).toEqual([cid.toString(), later.toString()]);
    },
  );

  it("with damage before its end is not opened: a pin may be lost", async () => {
    const before = await openStore();
    await before.client.add(someBytes(), PROFILE);
    await before.client.add(someBytes(), PROFILE);
    await before.store.close();
    const file = path.join(before.dataDir, "pins.log");
    const log = await readFile(file);
    log.writeUInt8(log.readUInt8(30) ^ 1, 30);
    await writeFile(file, log);
    await expect(startStore({ dataDir: before.dataDir, port: 0 })).rejects.toMatchObject({
      code: "STORE_PINS_DAMAGED",
    });
    expect(await readFile(file)).toEqual(log);
  });

  it("is compacted when opened", async () => {
    const before = await openStore();
    for (let round = 0; round < 5; round++) {
      const { cid } = await before.client.add("again", PROFILE);
      await before.client.pin.rm(cid);
    }
    await before.store.close();
    await (await startStore({ dataDir: before.dataDir, port: 0 })).close();
    expect(await readFile(path.join(before.dataDir, "pins.log"), "utf8")).toBe("");
  });
});

describe("a failing disk", () => {
  it("is reported without a path, and nothing before it is lost", async () => {
    const { client, dataDir } = await openStore();
    const kept = someBytes();
    const { cid } = await client.add(kept, PROFILE);
    await rename(path.join(dataDir, "tmp"), path.join(dataDir, "away"));
    const lost = someBytes();
    const failure: unknown = await client.add(lost, PROFILE).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: "the data directory of the store failed: could not write (ENOENT)",
      response: { status: 500 },
    });
    await rename(path.join(dataDir, "away"), path.join(dataDir, "tmp"));
    await expect(client.block.get((await client.add(lost, { ...PROFILE, onlyHash: true })).cid)).rejects.toThrow();
    expect((await collectBytes(client.cat(cid))).equals(kept)).toBe(true);
    await client.add(lost, PROFILE);
    expect(await collect(client.pin.ls())).toHaveLength(2);
  });

  it("does not stop other shards, and the failed one works again once repaired", async () => {
    const { client, dataDir } = await openStore();
    const content = someBytes();
    const shard = path.dirname(blockFile(dataDir, content));
    await writeFile(shard, "not a directory");
    await expect(client.add(content, PROFILE)).rejects.toThrow(/could not write|no permission to write/);
    await rm(shard);
    await mkdir(shard);
    expect((await client.add(content, PROFILE)).cid.toString()).toBe(rawCid(content));
  });
});
