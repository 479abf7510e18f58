import { mkdir } from "node:fs/promises";
import type { CID } from "multiformats/cid";
import type { Blocks } from "./blocks.ts";
import { listDag } from "./dag.ts";
import { StoreError, fileError } from "./errors.ts";
import { FileBlocks } from "./file-blocks.ts";
import { collectGarbage } from "./gc.ts";
import type { Identity } from "./identity.ts";
import { openIdentity } from "./identity.ts";
import { KuboBlocks } from "./kubo-blocks.ts";
import type { Lease } from "./leases.ts";
import { Leases } from "./leases.ts";
import { lockDirectory } from "./lock.ts";
import { Pins } from "./pins.ts";
import { Turns } from "./turns.ts";

/** An open data directory: blocks, pins and what protects them from each other. */
export class Repo {
  readonly blocks: Blocks;
  readonly pins: Pins;
  readonly identity: Identity;
  readonly leases = new Leases();
  /** One after another on one file: what says that it is wanted, and what says that it is not. */
  readonly claims = new Turns();
  readonly #unlock: () => Promise<void>;
  #collection: Promise<void> = Promise.resolve();

  private constructor(blocks: Blocks, pins: Pins, identity: Identity, unlock: () => Promise<void>) {
    this.blocks = blocks;
    this.pins = pins;
    this.identity = identity;
    this.#unlock = unlock;
  }

  /**
   * @param kubo URL of a Kubo that keeps the blocks; without it, files do
   * @throws StoreError STORE_DATA_LOCKED, STORE_PINS_DAMAGED, STORE_IO_FAILED, STORE_DISK_FULL, STORE_KUBO_FAILED
   */
  static async open(dataDir: string, kubo?: string): Promise<Repo> {
    await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
      throw fileError(error, "write");
    });
    const unlock = await lockDirectory(dataDir);
    try {
      const blocks = await (kubo === undefined ? FileBlocks.open(dataDir) : KuboBlocks.open(kubo));
      const identity = await openIdentity(dataDir);
      return new Repo(blocks, await Pins.open(dataDir, blocks), identity, unlock);
    } catch (error) {
      await unlock();
      throw fileError(error, "write");
    }
  }

  /** Runs a request that writes or pins: what its lease holds stays until it ends. */
  async withLease<T>(request: (lease: Lease) => Promise<T>): Promise<T> {
    const lease = this.leases.open();
    try {
      return await request(lease);
    } finally {
      lease.release();
    }
  }

  /** Garbage collection, after the one that may be running. */
  collect(): AsyncGenerator<CID> {
    return this.#collect(this.blocks.list());
  }

  /**
   * Unpins a file and removes what of it no other pin needs and no running request holds.
   * @throws StoreError STORE_IO_FAILED, STORE_DISK_FULL
   */
  async purge(root: CID): Promise<void> {
    const own: CID[] = [root];
    // Of a damaged file, what cannot be found from its root is left to the next collection.
    try {
      for await (const cid of listDag(this.blocks, root)) own.push(cid);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    if (this.pins.has(root)) await this.pins.remove(root);
    const removal = this.#collect(own);
    while (!(await removal.next()).done);
  }

  async *#collect(candidates: AsyncIterable<CID> | Iterable<CID>): AsyncGenerator<CID> {
    const before = this.#collection;
    const turn = Promise.withResolvers<void>();
    this.#collection = turn.promise;
    try {
      await before;
      yield* collectGarbage(this, candidates);
    } finally {
      turn.resolve();
    }
  }

  async close(): Promise<void> {
    await this.pins.close();
    await this.blocks.close();
    await this.#unlock();
  }
}
