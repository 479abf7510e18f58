import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { type Blocks, matches } from "./blocks.ts";
import type { BlockKey } from "./cid.ts";
import { MAX_BLOCK_BYTES, blockKey } from "./cid.ts";
import { StoreError } from "./errors.ts";
import { KuboRpc, kuboFailure } from "./kubo-rpc.ts";
import type { Lease } from "./leases.ts";
import { Turns } from "./turns.ts";

/** Name of our pins in the Kubo: what else is pinned there is neither counted nor removed. */
const PIN_NAME = "chartkey";

/** Kubo tells of a block that it could not remove in a line of an answer that succeeded. */
interface RemovedBlock {
  Error?: string;
}

interface PinLine {
  Cid: string;
  Name?: string;
}

/**
 * Blocks in a Kubo, by its RPC API. Each is stored and pinned as a raw block, whatever its codec: the Kubo keeps blocks by their hash, so
 * that it never walks our files, and its own garbage collection leaves them alone. Files, pins and scopes stay this store's.
 */
export class KuboBlocks implements Blocks {
  readonly #rpc: KuboRpc;
  readonly #turns = new Turns();
  readonly #kept = new Set<BlockKey>();

  private constructor(rpc: KuboRpc) {
    this.#rpc = rpc;
  }

  /** @throws StoreError STORE_KUBO_FAILED */
  static async open(url: string): Promise<KuboBlocks> {
    const blocks = new KuboBlocks(new KuboRpc(url));
    for await (const cid of blocks.#pinned()) blocks.#kept.add(blockKey(cid));
    return blocks;
  }

  get count(): number {
    return this.#kept.size;
  }

  async put(cid: CID, bytes: Uint8Array, lease: Lease): Promise<void> {
    const key = blockKey(cid);
    lease.hold(key);
    await this.#turns.take(key, async () => {
      const name = rawName(cid);
      const present = this.#kept.has(key) ? await this.#read(cid) : undefined;
      // A Kubo does not write a block that it takes for present.
      if (present && !matches(cid, present)) await this.#remove(name);
      await this.#rpc.upload("block/put", { "cid-codec": "raw", mhtype: "sha2-256", pin: "false" }, bytes);
      await this.#rpc.call("pin/add", { arg: name, recursive: "true", name: PIN_NAME });
      this.#kept.add(key);
    });
  }

  async get(cid: CID): Promise<Uint8Array> {
    await this.#turns.last(blockKey(cid));
    // Only ours: other files of the same Kubo are nobody's here.
    const bytes = this.#kept.has(blockKey(cid)) ? await this.#read(cid) : undefined;
    if (!bytes)
      throw new StoreError("STORE_BLOCK_MISSING", `block was not found locally (offline): could not find ${cid}`);
    if (!matches(cid, bytes))
      throw new StoreError("STORE_BLOCK_CORRUPT", `block ${cid} is damaged in the Kubo: its hash does not match`);
    return bytes;
  }

  async has(cid: CID): Promise<boolean> {
    await this.#turns.last(blockKey(cid));
    return this.#kept.has(blockKey(cid));
  }

  async deleteUnless(cid: CID, isNeeded: (key: BlockKey) => boolean): Promise<boolean> {
    const key = blockKey(cid);
    return this.#turns.take(key, async () => {
      if (isNeeded(key) || !this.#kept.has(key)) return false;
      await this.#remove(rawName(cid));
      this.#kept.delete(key);
      return true;
    });
  }

  async *list(): AsyncGenerator<CID> {
    for await (const cid of this.#pinned()) yield cid;
  }

  async totalBytes(): Promise<number> {
    return (await this.#stat()).RepoSize;
  }

  async freeBytes(): Promise<number> {
    const { RepoSize, StorageMax } = await this.#stat();
    return Math.max(0, StorageMax - RepoSize);
  }

  async close(): Promise<void> {}

  async #stat(): Promise<{ RepoSize: number; StorageMax: number }> {
    return JSON.parse((await this.#rpc.call("repo/stat", { "size-only": "true" })).toString()) as {
      RepoSize: number;
      StorageMax: number;
    };
  }

  /** What the Kubo has under a CID; nothing when it lacks it, or knows that it is damaged. */
  async #read(cid: CID): Promise<Uint8Array | undefined> {
    return this.#rpc.call("block/get", { arg: rawName(cid), offline: "true" }, MAX_BLOCK_BYTES).catch((error) => {
      if (this.#rpc.isMissing(error)) return undefined;
      throw error;
    });
  }

  async #remove(name: string): Promise<void> {
    await this.#rpc.call("pin/rm", { arg: name, recursive: "true" }).catch((error) => {
      if (!this.#rpc.isNotPinned(error)) throw error;
    });
    for await (const line of this.#rpc.lines("block/rm", { arg: name, force: "true" })) {
      const { Error: reason } = line as RemovedBlock;
      if (reason) throw kuboFailure("block/rm", reason);
    }
  }

  async *#pinned(): AsyncGenerator<CID> {
    const options = { type: "recursive", names: "true", name: PIN_NAME, stream: "true" };
    for await (const line of this.#rpc.lines("pin/ls", options)) {
      const { Cid, Name } = line as PinLine;
      const cid = CID.parse(Cid);
      // A part of the name is enough for Kubo.
      if (Name === PIN_NAME && cid.code === raw.code) yield cid;
    }
  }
}

const rawName = (cid: CID): string => CID.createV1(raw.code, cid.multihash).toString();
