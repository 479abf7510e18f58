import { createHash } from "node:crypto";
import type { CID } from "multiformats/cid";
import type { BlockKey } from "./cid.ts";
import type { Lease } from "./leases.ts";

/** Where blocks are kept: files of the data directory, or a Kubo behind this store. */
export interface Blocks {
  /** Number of blocks kept. */
  readonly count: number;
  /**
   * Stores a block whose hash the caller has computed; it is durable when this resolves. One that is already there is kept if
   * intact and replaced if not, so that storing again repairs.
   * @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED, STORE_KUBO_FAILED
   */
  put(cid: CID, bytes: Uint8Array, lease: Lease): Promise<void>;
  /**
   * Reads a block and checks its hash.
   * @throws StoreError STORE_BLOCK_MISSING, STORE_BLOCK_CORRUPT, STORE_IO_FAILED, STORE_KUBO_FAILED
   */
  get(cid: CID): Promise<Uint8Array>;
  /** Whether the block is there, and not about to be removed. Does not check the bytes. */
  has(cid: CID): Promise<boolean>;
  /**
   * Removes a block unless `isNeeded` answers true. The question is asked in the same turn as the removal: whoever
   * takes a lease later waits for the removal and finds the block gone, whoever took it earlier keeps the block.
   * @returns whether it was removed
   */
  deleteUnless(cid: CID, isNeeded: (key: BlockKey) => boolean): Promise<boolean>;
  /** Every block kept, as a raw CID: its codec is not recorded. */
  list(): AsyncGenerator<CID>;
  /** Bytes of all blocks together. */
  totalBytes(): Promise<number>;
  /** Bytes that can still be stored. */
  freeBytes(): Promise<number>;
  /** Call when no operation is running any more. */
  close(): Promise<void>;
}

/** Whether these are the bytes that a CID with a sha2-256 names. */
export function matches(cid: CID, bytes: Uint8Array): boolean {
  return createHash("sha256").update(bytes).digest().equals(cid.multihash.digest);
}
