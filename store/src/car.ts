import { createHash } from "node:crypto";
import { CarWriter } from "@ipld/car";
import { asyncIterableReader, createDecoder } from "@ipld/car/decoder";
import { varint } from "multiformats";
import type { CID } from "multiformats/cid";
import { MAX_BLOCK_BYTES, assertSupported } from "./cid.ts";
import type { Block } from "./dag.ts";
import { StoreError } from "./errors.ts";

/** A CAR v1 of these roots, from the blocks of their DAGs in the order they should have. */
export async function* writeCar(roots: CID[], blocks: AsyncIterable<Block>): AsyncGenerator<Uint8Array> {
  let header: Uint8Array | undefined = await carHeader(roots);
  for await (const { cid, bytes } of blocks) {
    // Only with the first block at hand: a missing root must fail before anything is sent.
    if (header) yield header;
    header = undefined;
    const length = cid.bytes.length + bytes.length;
    const prefix = varint.encodeTo(length, new Uint8Array(varint.encodingLength(length)));
    yield Buffer.concat([prefix, cid.bytes]);
    yield bytes;
  }
  if (header) yield header;
}

async function carHeader(roots: CID[]): Promise<Uint8Array> {
  const { writer, out } = CarWriter.create(roots);
  void writer.close();
  const parts: Uint8Array[] = [];
  for await (const part of out) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Reads a CAR, checking every block against its CID before handing it on.
 * @returns the roots named in the header
 * @throws StoreError STORE_REQUEST_INVALID, STORE_CID_UNSUPPORTED, and what `take` throws
 */
export async function readCar(
  source: AsyncIterable<Uint8Array>,
  take: (block: Block) => Promise<void>,
): Promise<CID[]> {
  const reader = asyncIterableReader(source);
  const decoder = createDecoder({
    upTo: (length) => reader.upTo(length),
    // The decoder collects whatever length the file claims; a block or header beyond the limit stops here instead.
    exactly: async (length, seek) => {
      if (length > MAX_BLOCK_BYTES) throw new StoreError("STORE_REQUEST_INVALID", "CAR section over 2 MiB");
      return reader.exactly(length, seek);
    },
    seek: (length) => reader.seek(length),
    get pos() {
      return reader.pos;
    },
  });
  try {
    const header = await decoder.header();
    if (header.version !== 1) throw new StoreError("STORE_REQUEST_INVALID", "only CAR version 1 is accepted");
    for await (const block of decoder.blocks()) {
      assertSupported(block.cid);
      if (!createHash("sha256").update(block.bytes).digest().equals(block.cid.multihash.digest)) {
        throw new StoreError("STORE_REQUEST_INVALID", `CAR block does not match its CID ${block.cid}`);
      }
      await take(block);
    }
    return header.roots;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError("STORE_REQUEST_INVALID", "not a readable CAR file", { cause: error });
  }
}
