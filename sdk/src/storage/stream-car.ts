import type { CID } from "multiformats/cid";
import type { ByteStream } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { type ContentReference, IMPORT_PROFILE, fromCid, toCid } from "./cid.ts";
import { BlockSource } from "./stream-blocks.ts";

const CHUNK = IMPORT_PROFILE.chunkSize;
/** Levels of inner nodes: three hold 2^30 blocks. */
const MAX_DEPTH = 3;

interface Expected {
  cid: CID;
  /** Bytes of the file below this block; unknown of the root. */
  size: number | undefined;
  depth: number;
}

/** A file that was not stored by the import profile: its author's fault, and no other store has it otherwise. */
const foreign = () =>
  new ChartkeyError(
    "FILE_MALFORMED",
    "This file is not divided into blocks as Chartkey does it. Ask its author to store it again.",
  );

/**
 * The bytes of a file out of the body of `GET /ipfs/<cid>?format=car` (trustless gateway, depth first), block by block and in constant
 * memory. Each block is checked against its CID before a byte of it is used (O08), and that the file is complete is known at its end.
 * A block that occurs more than once may be sent once or each time.
 * Throws `STORE_WRONG_BYTES` for wrong, missing or misplaced blocks, `STORE_TOO_LARGE`, `FILE_MALFORMED`, and what the body throws.
 * @param maxSize Largest file in bytes; it is known from the first block.
 */
export async function* readCarStream(
  reference: ContentReference,
  body: ByteStream,
  maxSize: number,
): AsyncGenerator<Uint8Array> {
  const source = new BlockSource(body);
  const pending: Expected[] = [{ cid: toCid(reference), size: undefined, depth: 0 }];
  try {
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { cid, size, depth } = next;
      const bytes = await source.take(
        cid,
        pending.some((later) => later.cid.equals(cid)),
      );
      if (fromCid(cid).codec === 0) {
        checkSize(bytes.length, size, maxSize);
        if (bytes.length > CHUNK) throw foreign();
        yield bytes;
      } else {
        const node = await readNode(cid, bytes);
        checkSize(node.size, size, maxSize);
        if (depth === MAX_DEPTH) throw foreign();
        pending.push(...node.children.map((child) => ({ ...child, depth: depth + 1 })).reverse());
      }
    }
  } finally {
    await source.close();
  }
}

function checkSize(size: number, expected: number | undefined, maxSize: number): void {
  if (expected !== undefined && size !== expected) throw foreign();
  if (size > maxSize)
    throw new ChartkeyError("STORE_TOO_LARGE", "This file is larger than can be opened here.", {
      details: { size, maxSize },
    });
}

/** An inner node: links to blocks with the bytes of the file below each. All lie before the next, none is empty. */
async function readNode(cid: CID, bytes: Uint8Array) {
  const { exporter } = await import("ipfs-unixfs-exporter");
  const block = {
    async *get() {
      yield bytes;
    },
  };
  const entry = await exporter(cid, block).catch(() => undefined);
  if (entry?.type !== "file") throw foreign();
  const { node, unixfs } = entry;
  const sizes = unixfs.blockSizes.map(Number);
  const complete = sizes.length === node.Links.length && sizes.length <= IMPORT_PROFILE.maxLinks;
  // Empty blocks would let a small file send its reader round for ever.
  const full = sizes.every((size, index) => size > 0 && (index === sizes.length - 1 || size % CHUNK === 0));
  if (!complete || !full || (unixfs.data?.length ?? 0) > 0) throw foreign();
  const children = node.Links.map((link, index) => ({ cid: link.Hash, size: sizes[index] }));
  return { size: sizes.reduce((sum, size) => sum + size, 0), children };
}
