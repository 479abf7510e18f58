import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, statfs, unlink } from "node:fs/promises";
import path from "node:path";
import { NextToLast } from "blockstore-fs/sharding";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { type Blocks, matches } from "./blocks.ts";
import type { BlockKey } from "./cid.ts";
import { blockKey } from "./cid.ts";
import { openDirectory, shareFlush, syncDirectory, writeFileAtomically } from "./durable.ts";
import { StoreError, errnoOf, fileError } from "./errors.ts";
import type { Lease } from "./leases.ts";
import { Turns } from "./turns.ts";

/** One of the 128 directories of blocks, open. */
interface Shard {
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Blocks as files, in the directory layout of blockstore-fs. Its FsBlockstore is not used to write: it flushes neither
 * file nor directory, so a block it acknowledged can be empty after a power cut, and two writers of one block share
 * one temporary name. It also returns whatever is in the file, where this checks the hash of every block it reads.
 */
export class FileBlocks implements Blocks {
  readonly #directory: string;
  readonly #temporary: string;
  readonly #sharding = new NextToLast();
  readonly #shards = new Map<string, Promise<Shard>>();
  readonly #turns = new Turns();
  #count = 0;

  private constructor(dataDir: string) {
    this.#directory = path.join(dataDir, "blocks");
    this.#temporary = path.join(dataDir, "tmp");
  }

  /** Opens or creates the blocks of a data directory, and drops what a crash left half written. */
  static async open(dataDir: string): Promise<FileBlocks> {
    const blocks = new FileBlocks(dataDir);
    await rm(blocks.#temporary, { recursive: true, force: true });
    await mkdir(blocks.#temporary, { recursive: true });
    await mkdir(blocks.#directory, { recursive: true });
    await syncDirectory(blocks.#directory);
    await syncDirectory(dataDir);
    const present = blocks.list();
    while (!(await present.next()).done) blocks.#count++;
    return blocks;
  }

  get count(): number {
    return this.#count;
  }

  async put(cid: CID, bytes: Uint8Array, lease: Lease): Promise<void> {
    const key = blockKey(cid);
    lease.hold(key);
    const { dir, file } = this.#sharding.encode(cid);
    const target = path.join(this.#directory, dir, file);
    await this.#turns.take(key, async () => {
      try {
        const shard = await this.#shard(dir);
        const present = await readIfPresent(target);
        if (!present || !matches(cid, present)) {
          await writeFileAtomically(target, path.join(this.#temporary, randomUUID()), bytes);
          if (!present) this.#count++;
        }
        await shard.flush();
      } catch (error) {
        throw fileError(error, "write");
      }
    });
  }

  async get(cid: CID): Promise<Uint8Array> {
    await this.#turns.last(blockKey(cid));
    let bytes: Uint8Array | undefined;
    try {
      bytes = await readIfPresent(this.#pathOf(cid));
    } catch (error) {
      throw fileError(error, "read");
    }
    if (!bytes) {
      throw new StoreError("STORE_BLOCK_MISSING", `block was not found locally (offline): could not find ${cid}`);
    }
    if (!matches(cid, bytes)) {
      throw new StoreError("STORE_BLOCK_CORRUPT", `block ${cid} is damaged on disk: its hash does not match`);
    }
    return bytes;
  }

  async has(cid: CID): Promise<boolean> {
    await this.#turns.last(blockKey(cid));
    return (await this.#sizeOf(this.#pathOf(cid))) !== undefined;
  }

  async deleteUnless(cid: CID, isNeeded: (key: BlockKey) => boolean): Promise<boolean> {
    const key = blockKey(cid);
    return this.#turns.take(key, async () => {
      if (isNeeded(key)) return false;
      try {
        await unlink(this.#pathOf(cid));
      } catch (error) {
        if (errnoOf(error) === "ENOENT") return false;
        throw fileError(error, "write");
      }
      this.#count--;
      return true;
    });
  }

  async *list(): AsyncGenerator<CID> {
    for (const shard of await readdir(this.#directory, { withFileTypes: true })) {
      if (!shard.isDirectory()) continue;
      for (const name of await readdir(path.join(this.#directory, shard.name))) {
        const cid = this.#decode(name);
        if (cid) yield cid;
      }
    }
  }

  async totalBytes(): Promise<number> {
    let total = 0;
    for await (const cid of this.list()) total += (await this.#sizeOf(this.#pathOf(cid))) ?? 0;
    return total;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#directory);
    return bavail * bsize;
  }

  async close(): Promise<void> {
    const shards = await Promise.all(this.#shards.values());
    await Promise.all(shards.map((shard) => shard.close()));
  }

  #pathOf(cid: CID): string {
    const { dir, file } = this.#sharding.encode(cid);
    return path.join(this.#directory, dir, file);
  }

  #decode(fileName: string): CID | undefined {
    if (!fileName.endsWith(this.#sharding.extension)) return undefined;
    try {
      return CID.createV1(raw.code, this.#sharding.decode(fileName).multihash);
    } catch {
      return undefined; // not a block: someone else's file is neither counted nor removed
    }
  }

  async #sizeOf(file: string): Promise<number | undefined> {
    try {
      return (await stat(file)).size;
    } catch (error) {
      if (errnoOf(error) === "ENOENT") return undefined;
      throw fileError(error, "read");
    }
  }

  #shard(name: string): Promise<Shard> {
    const known = this.#shards.get(name);
    if (known) return known;
    const shard = this.#openShard(path.join(this.#directory, name));
    this.#shards.set(name, shard);
    shard.catch(() => this.#shards.delete(name));
    return shard;
  }

  async #openShard(directory: string): Promise<Shard> {
    await mkdir(directory, { recursive: true });
    await syncDirectory(this.#directory);
    const opened = await openDirectory(directory);
    return { flush: shareFlush(() => opened.sync()), close: () => opened.close() };
  }
}

async function readIfPresent(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
