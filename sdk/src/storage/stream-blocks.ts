import { asyncIterableReader, createDecoder } from "@ipld/car/decoder";
import { bytesToHex } from "viem";
import type { CID } from "multiformats/cid";
import { sha256 } from "../bytes.ts";
import { type ByteStream, chunksOf, inOrder } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { fromCid } from "./cid.ts";

/** Longest section of a CAR that is accepted, in bytes: the limit that IPFS implementations exchange blocks under, and a CID. */
const MAX_SECTION = (1 << 21) + 64;
/** Blocks hashed at the same time. */
const PARALLEL = 4;
/** Blocks that occur again and are kept for it, of at most 2 MiB each. */
const MAX_KEPT = 16;

export interface Block {
  cid: CID;
  bytes: Uint8Array;
}

export const wrongBytes = () =>
  new ChartkeyError("STORE_WRONG_BYTES", "The store returned other bytes than were anchored. We do not show them.");

/**
 * The blocks of a CAR (IPLD CARv1) as they come, each checked against its CID.
 * Throws `STORE_WRONG_BYTES` for blocks that do not match or anything that is not a CAR, and what the stream itself throws.
 */
export async function* readBlocks(body: ByteStream): AsyncGenerator<Block> {
  let failure: { cause: unknown } | undefined;
  async function* noting() {
    try {
      yield* chunksOf(body);
    } catch (cause) {
      failure = { cause };
      throw cause;
    }
  }
  const chunks = noting();
  try {
    yield* inOrder(decode(chunks), PARALLEL, checked);
  } catch (error) {
    if (failure !== undefined) throw failure.cause;
    throw error instanceof ChartkeyError ? error : wrongBytes();
  } finally {
    await chunks.return(undefined);
  }
}

function decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const reader = asyncIterableReader(chunks);
  const decoder = createDecoder({
    upTo: (length) => reader.upTo(length),
    // The decoder collects whatever length the store claims (O10).
    exactly: async (length, seek) => {
      if (length > MAX_SECTION) throw wrongBytes();
      return reader.exactly(length, seek);
    },
    seek: (length) => reader.seek(length),
    get pos() {
      return reader.pos;
    },
  });
  return decoder.blocks();
}

async function checked(block: Block): Promise<Block> {
  if (bytesToHex(await sha256(block.bytes)) !== fromCid(block.cid).digest) throw wrongBytes();
  return block;
}

/** Gives the blocks of a CAR to who knows which one must come next. */
export class BlockSource {
  readonly #blocks: AsyncGenerator<Block>;
  readonly #kept = new Map<string, Uint8Array>();
  #next: Block | undefined;

  constructor(body: ByteStream) {
    this.#blocks = readBlocks(body);
  }

  /**
   * The bytes of this block: the next one, or an earlier one that was kept, because a CAR need not repeat it.
   * Throws `STORE_WRONG_BYTES` when another comes or none, and what the stream throws.
   * @param again Whether this block is needed again. Of all such blocks the last 16 are kept.
   */
  async take(cid: CID, again: boolean): Promise<Uint8Array> {
    this.#next ??= await this.#pull();
    const name = cid.toString();
    if (this.#next?.cid.equals(cid)) {
      const { bytes } = this.#next;
      this.#next = undefined;
      if (again) this.#keep(name, bytes);
      return bytes;
    }
    const kept = this.#kept.get(name);
    if (kept === undefined) throw wrongBytes();
    return kept;
  }

  async #pull(): Promise<Block | undefined> {
    const { done, value } = await this.#blocks.next();
    return done === true ? undefined : value;
  }

  #keep(name: string, bytes: Uint8Array): void {
    this.#kept.set(name, bytes);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** Ends the transfer. */
  async close(): Promise<void> {
    await this.#blocks.return(undefined);
  }
}
