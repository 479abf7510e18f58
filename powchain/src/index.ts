import { Chain, type ChainOptions } from "./chain.ts";
import { PowchainError } from "./errors.ts";
import { DEFAULT_RATE_LIMIT, type RateLimit } from "./rate-limit.ts";
import { createMethods } from "./rpc/methods.ts";
import { startServer, type RunningServer } from "./server.ts";

export { PowchainError, type PowchainErrorCode } from "./errors.ts";
export type { RateLimit } from "./rate-limit.ts";
export { sealDigest, sealHash, target, verifySeal } from "./seal.ts";

/** Settings of a chain. The genesis block follows from chainId, difficulty, blockTime and accounts alone. */
export interface PowchainOptions {
  /** Directory of blocks and state, created when missing; absent: the chain lives in memory. */
  readonly dataDir?: string;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Port for HTTP and WebSocket; 0 for any free one; default 8545. */
  readonly port?: number;
  /** EIP-155 chain id; default 20265. */
  readonly chainId?: number;
  /** Expected SHA-256 attempts per block; default 2^16. With a block time, of the first block and at least. */
  readonly difficulty?: bigint;
  /**
   * Whole seconds between blocks that the difficulty is adjusted towards, at most a day. The chain keeps it for its life; absent: as the data
   * directory has it, and in a new one the difficulty stays the same. Mined every 10 ms with empty blocks, the work makes the pace.
   */
  readonly blockTime?: number;
  /** A block each so many milliseconds, at least 10; absent: as soon as there are transactions. */
  readonly blockEveryMs?: number;
  /** Whether such a block is mined also when no transaction waits; default false. */
  readonly emptyBlocks?: boolean;
  /** Genesis balances in wei by 0x-prefixed address. */
  readonly accounts: Readonly<Record<`0x${string}`, bigint>>;
  /** Exact origins of web pages that may connect; default: pages on loopback hosts. */
  readonly allowedOrigins?: readonly string[];
  /** How many calls one address may make; all of this machine count as one. Default: 20,000 at once, 2,000 a second. */
  readonly rateLimit?: RateLimit;
  /** Receives sentences about what the node did unasked (a torn tail cut, a transaction dropped). */
  readonly log?: (message: string) => void;
}

/** A running chain. */
export interface Powchain {
  /** HTTP address; the same with ws: is the WebSocket address. */
  readonly url: string;
  readonly port: number;
  readonly chainId: number;
  /** Number of the latest block at this moment. */
  blockNumber(): bigint;
  /** Stops listening and mining and releases the data directory. */
  close(): Promise<void>;
}

/**
 * Starts a local Ethereum chain whose blocks carry a real SHA-256 proof of work. Stored blocks are verified first: links, seals, header
 * rules, transactions and receipts; those whose state is not stored by executing them.
 *
 * @throws PowchainError
 *   POWCHAIN_OPTIONS when an option is out of range,
 *   POWCHAIN_PORT_IN_USE, POWCHAIN_LOCKED when port or directory are taken,
 *   POWCHAIN_FILE_ALTERED when a stored block is not valid,
 *   POWCHAIN_STATE_DAMAGED when a state was forged so that it shows only when it is used; the next start makes it again,
 *   POWCHAIN_GENESIS_MISMATCH when the directory belongs to another chain
 */
export async function startPowchain(options: PowchainOptions): Promise<Powchain> {
  const { host = "127.0.0.1", port = 8545, allowedOrigins, rateLimit = DEFAULT_RATE_LIMIT } = options;
  checkRateLimit(rateLimit);
  const chainOptions = toChainOptions(options);
  const chain = await Chain.open(chainOptions);
  let server: RunningServer;
  try {
    server = await startServer(createMethods(chain), { host, port, allowedOrigins, rateLimit });
  } catch (error) {
    await chain.close();
    throw error;
  }
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${server.port}`,
    port: server.port,
    chainId: chainOptions.chainId,
    blockNumber: () => chain.head.header.number,
    close: async () => {
      await server.close();
      await chain.close();
    },
  };
}

/**
 * Executes every block of a data directory that no chain runs on, and writes the state anew from the first block on where the stored one is
 * another, which the log says.
 *
 * @returns the number of blocks
 * @throws PowchainError as startPowchain, POWCHAIN_FILE_ALTERED when a block does not give what its header says
 */
export async function revalidatePowchain(options: PowchainOptions & { readonly dataDir: string }): Promise<bigint> {
  const { blockEveryMs: _every, emptyBlocks: _empty, ...chainOptions } = toChainOptions(options);
  const chain = await Chain.open({ ...chainOptions, revalidate: true });
  await chain.close();
  return chain.head.header.number;
}

/** Longest block time, in seconds: a day. */
const MAX_BLOCK_TIME = 86_400;
/** Longest time of a timer in JavaScript, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function toChainOptions(options: PowchainOptions): ChainOptions {
  const { dataDir, chainId = 20265, difficulty = 2n ** 16n, accounts, log = () => undefined } = options;
  const { blockEveryMs, emptyBlocks, blockTime } = options;
  checkOptions(chainId, difficulty, accounts);
  if (blockTime !== undefined) checkBlockTime(blockTime, difficulty);
  if (blockEveryMs !== undefined && !(blockEveryMs >= 10 && blockEveryMs <= MAX_TIMER_MS))
    throw new PowchainError("POWCHAIN_OPTIONS", "blockEveryMs must be from 10 to 2^31 - 1");
  return { dataDir, chainId, difficulty, blockTime, accounts, blockEveryMs, emptyBlocks, log };
}

function checkOptions(chainId: number, difficulty: bigint, accounts: Readonly<Record<string, bigint>>): void {
  const refuse = (message: string) => new PowchainError("POWCHAIN_OPTIONS", message);
  if (!Number.isSafeInteger(chainId) || chainId < 1) throw refuse("chainId must be a positive integer");
  if (difficulty < 1n || difficulty > 2n ** 64n) throw refuse("difficulty must be from 1 to 2^64");
  for (const [address, balance] of Object.entries(accounts)) {
    if (!/^0x[0-9a-fA-F]{40}$/.test(address)) throw refuse(`${address} is not an address`);
    if (balance < 0n || balance >= 2n ** 256n) throw refuse(`the balance of ${address} is out of range`);
  }
}

function checkBlockTime(blockTime: number, difficulty: bigint): void {
  if (!Number.isInteger(blockTime) || blockTime < 1 || blockTime > MAX_BLOCK_TIME)
    throw new PowchainError("POWCHAIN_OPTIONS", `blockTime must be whole seconds from 1 to ${MAX_BLOCK_TIME}`);
  if (difficulty >= 2n ** 64n)
    throw new PowchainError("POWCHAIN_OPTIONS", "with blockTime, difficulty must be below 2^64");
}

function checkRateLimit({ burst, perSecond }: RateLimit): void {
  if (!(burst >= 1 && perSecond > 0))
    throw new PowchainError("POWCHAIN_OPTIONS", "rateLimit must allow a call at once, and some a second");
}
