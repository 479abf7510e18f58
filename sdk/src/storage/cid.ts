import { bytesToHex, hexToBytes } from "viem";
import { CID } from "multiformats/cid";
import * as Digest from "multiformats/hashes/digest";
import { type Bytes, sha256 } from "../bytes.ts";
import { type ByteStream, chunksOf } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";

/** How a file is cut into blocks: the same in every store, so that the same bytes have the same CID. */
export const IMPORT_PROFILE = { cidVersion: 1, rawLeaves: true, chunkSize: 1 << 20, maxLinks: 1024 } as const;

const RAW = 0x55;
const DAG_PB = 0x70;
const SHA2_256 = 0x12;

/** What the chain says of a file: the codec of its root block (0 raw, 1 dag-pb) and the block's SHA-256, 0x-prefixed. */
export interface ContentReference {
  codec: 0 | 1;
  digest: `0x${string}`;
}

/** Reference to a document that is one raw block. */
export function rawReference(digest: `0x${string}`): ContentReference {
  return { codec: 0, digest };
}

export function toCid({ codec, digest }: ContentReference): CID {
  return CID.createV1(codec === 0 ? RAW : DAG_PB, Digest.create(SHA2_256, hexToBytes(digest)));
}

/** Throws `CID_UNSUPPORTED` for anything but CIDv1, raw or dag-pb, sha2-256. */
export function fromCid(cid: CID): ContentReference {
  const known = cid.version === 1 && (cid.code === RAW || cid.code === DAG_PB) && cid.multihash.code === SHA2_256;
  if (!known)
    throw new ChartkeyError("CID_UNSUPPORTED", `The content id ${cid.toString()} is not of a kind Chartkey uses.`);
  return { codec: cid.code === RAW ? 0 : 1, digest: bytesToHex(cid.multihash.digest) };
}

/** Reads a CID in text. Throws `CID_UNSUPPORTED` for anything that is not one of ours. */
export function parseCid(text: string): ContentReference {
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch (cause) {
    throw new ChartkeyError("CID_UNSUPPORTED", "This is not a content id.", { cause });
  }
  return fromCid(cid);
}

/** Computes the reference of a file without any store; of a Blob in constant memory. */
export async function referenceOf(file: Bytes | Blob): Promise<ContentReference> {
  if (file instanceof Blob) return referenceOfStream(file.stream());
  if (file.length <= IMPORT_PROFILE.chunkSize) return rawReference(bytesToHex(await sha256(file)));
  return referenceOfStream([file]);
}

/** Computes the reference of a file that comes in parts, in constant memory. */
export async function referenceOfStream(source: ByteStream): Promise<ContentReference> {
  const [{ importByteStream }, { fixedSize }, { balanced }] = await Promise.all([
    import("ipfs-unixfs-importer"),
    import("ipfs-unixfs-importer/chunker"),
    import("ipfs-unixfs-importer/layout"),
  ]);
  const discard = { put: async (cid: CID) => cid };
  const { cid } = await importByteStream(chunksOf(source), discard, {
    cidVersion: IMPORT_PROFILE.cidVersion,
    rawLeaves: IMPORT_PROFILE.rawLeaves,
    chunker: fixedSize({ chunkSize: IMPORT_PROFILE.chunkSize }),
    layout: balanced({ maxChildrenPerNode: IMPORT_PROFILE.maxLinks }),
    // Nothing is written: more at a time only holds more in memory.
    blockWriteConcurrency: 1,
  });
  return fromCid(cid);
}
