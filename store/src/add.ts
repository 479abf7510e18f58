import { importByteStream } from "ipfs-unixfs-importer";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced } from "ipfs-unixfs-importer/layout";
import type { CID } from "multiformats/cid";

/** How a file becomes blocks. Two stores give the same CID only when all of this agrees. */
export interface ImportProfile {
  readonly cidVersion: 0 | 1;
  readonly rawLeaves: boolean;
  /** Bytes per leaf. */
  readonly chunkBytes: number;
  /** Links per inner node. */
  readonly maxLinks: number;
}

/** Takes a block whose hash is the CID's. */
export type BlockSink = (cid: CID, bytes: Uint8Array) => Promise<void>;

/** Leaves written at once: enough to overlap hashing and flushing, small enough that an upload holds a few MB. */
const WRITE_CONCURRENCY = 6;

/**
 * Cuts a byte stream into the UnixFS DAG Kubo would make of it under the same profile.
 * @returns the root, and the bytes of the whole DAG
 */
export async function importFile(
  content: AsyncIterable<Uint8Array>,
  profile: ImportProfile,
  sink: BlockSink,
): Promise<{ cid: CID; size: bigint }> {
  const storage = {
    async put(cid: CID, value: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<CID> {
      await sink(cid, await wholeBlock(value));
      return cid;
    },
  };
  return importByteStream(content, storage, {
    cidVersion: profile.cidVersion,
    rawLeaves: profile.rawLeaves,
    leafType: "file",
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize: profile.chunkBytes }),
    layout: balanced({ maxChildrenPerNode: profile.maxLinks }),
    blockWriteConcurrency: WRITE_CONCURRENCY,
  });
}

async function wholeBlock(value: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (value instanceof Uint8Array) return value;
  const parts: Uint8Array[] = [];
  for await (const part of value) parts.push(part);
  return Buffer.concat(parts);
}
