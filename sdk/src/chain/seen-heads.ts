import { type Hex, type PublicClient, isHash } from "viem";
import { ChartkeyError } from "../errors.ts";
import { askAgain } from "./ask-again.ts";

/** Blocks on top of one before a reorganisation is no longer believed. */
const SETTLED_DEPTH = 12n;

/** A block that a node showed. */
export interface SeenBlock {
  number: bigint;
  hash: Hex;
}

/** Where what was seen outlives the program: block numbers and hashes, which are public. */
export interface HeadKeeper {
  read(chainId: number): Promise<string | undefined>;
  write(chainId: number, text: string): Promise<void>;
}

interface Seen {
  newest: SeenBlock;
  /** A block that stood under the newest one so deep that it stays. */
  settled: SeenBlock;
}

/**
 * Remembers the newest block that this client saw of each chain, so that a node which is behind it, or tells another history, is noticed.
 * In memory, and with a keeper beyond the program.
 */
export class HeadMemory {
  readonly #keeper: HeadKeeper | undefined;
  readonly #seen = new Map<number, Promise<Seen | undefined>>();

  constructor(keeper?: HeadKeeper) {
    this.#keeper = keeper;
  }

  /**
   * The node's newest block, held against what was seen before. Throws `CHAIN_STALE` when the node stays behind it, and
   * `CHAIN_REWRITTEN` when a block that was settled is another one now.
   */
  async check(client: PublicClient, chainId: number): Promise<SeenBlock> {
    const seen = await this.#of(chainId);
    const reached = seen?.newest.number ?? 0n;
    const newest = await askAgain(
      client,
      () => blockOf(client),
      ({ number }) => number >= reached,
    );
    if (newest.number < reached) throw stale(newest.number, reached);
    const next: Seen = { newest, settled: await this.#settle(client, seen, newest) };
    if (seen?.newest.hash !== newest.hash) {
      this.#seen.set(chainId, Promise.resolve(next));
      await this.#keeper?.write(chainId, encode(next));
    }
    return newest;
  }

  async #settle(client: PublicClient, seen: Seen | undefined, newest: SeenBlock): Promise<SeenBlock> {
    if (seen === undefined) return blockOf(client, newest.number < SETTLED_DEPTH ? 0n : newest.number - SETTLED_DEPTH);
    const { newest: before, settled } = seen;
    const there = before.number === newest.number ? newest : await blockOf(client, before.number);
    if (there.hash === before.hash) return newest.number - before.number < SETTLED_DEPTH ? settled : before;
    if ((await blockOf(client, settled.number)).hash !== settled.hash) throw rewritten(settled);
    return settled;
  }

  /** For whoever knows that a chain was begun anew. */
  async forget(chainId: number): Promise<void> {
    this.#seen.set(chainId, Promise.resolve(undefined));
    await this.#keeper?.write(chainId, "");
  }

  #of(chainId: number): Promise<Seen | undefined> {
    const known = this.#seen.get(chainId) ?? this.#load(chainId);
    this.#seen.set(chainId, known);
    return known;
  }

  async #load(chainId: number): Promise<Seen | undefined> {
    const text = await this.#keeper?.read(chainId);
    return text === undefined ? undefined : decode(text);
  }
}

async function blockOf(client: PublicClient, blockNumber?: bigint): Promise<SeenBlock> {
  const { number, hash } = await client.getBlock(blockNumber === undefined ? {} : { blockNumber });
  return { number, hash };
}

const encode = ({ newest, settled }: Seen): string =>
  JSON.stringify([newest, settled].map(({ number, hash }) => [String(number), hash]));

/** Whatever somebody else left there counts as nothing. */
function decode(text: string): Seen | undefined {
  try {
    const [newest, settled] = (JSON.parse(text) as [string, string][]).map(([number, hash]) => {
      if (!isHash(hash)) throw new TypeError("no hash");
      return { number: BigInt(number), hash };
    });
    return newest && settled && { newest, settled };
  } catch {
    return undefined;
  }
}

function stale(newest: bigint, reached: bigint): ChartkeyError {
  return new ChartkeyError(
    "CHAIN_STALE",
    `The blockchain node is at block ${newest}, and block ${reached} was seen before: what it tells is old. Nothing was changed. Wait until it is up to date, or ask another node.`,
    { details: { newest, reached } },
  );
}

function rewritten({ number, hash }: SeenBlock): ChartkeyError {
  return new ChartkeyError(
    "CHAIN_REWRITTEN",
    `The blockchain node tells another history than was seen before: block ${number} is another one. Nothing was changed. Ask another node, and believe this one only if you know that the chain was begun anew.`,
    { details: { number, seen: hash } },
  );
}
