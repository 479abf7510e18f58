import type { Block } from "@ethereumjs/block";
import type { Common } from "@ethereumjs/common";
import type { TypedTransaction } from "@ethereumjs/tx";
import { bytesToHex, type Account, type PrefixedHexString } from "@ethereumjs/util";
import { buildNextBlock, nextHeader, sealBlock } from "./block-builder.ts";
import { BLOCK_GAS_LIMIT, createPowCommon } from "./common.ts";
import { blockTimeIn, openDisk, type Disk } from "./disk.ts";
import { messageOf, PowchainError } from "./errors.ts";
import type { History } from "./history.ts";
import { Machine } from "./machine.ts";
import { Miner } from "./miner.ts";
import { NodeStore } from "./nodes.ts";
import { TransactionPool } from "./pool.ts";
import { restore } from "./restore.ts";
import { checkBlock } from "./rules.ts";
import { storedBlock } from "./stored-block.ts";

/** What a chain is made of. */
export interface ChainOptions {
  /** Where blocks and state are kept; absent: the chain ends with the process. */
  readonly dataDir?: string | undefined;
  readonly chainId: number;
  /** Expected hashes per block; with a block time, of the first one and at least. */
  readonly difficulty: bigint;
  /** Seconds that the difficulty is adjusted towards; absent: as in the data directory, and in a new one it stays the same. */
  readonly blockTime?: number | undefined;
  /** Genesis balances in wei by address. */
  readonly accounts: Readonly<Record<PrefixedHexString, bigint>>;
  /** Execute every block again, also those whose state is on disk. */
  readonly revalidate?: boolean | undefined;
  /** A block each so many milliseconds; absent: as soon as there are transactions. */
  readonly blockEveryMs?: number | undefined;
  /** Whether such a block is mined also when no transaction waits. */
  readonly emptyBlocks?: boolean | undefined;
  readonly log: (message: string) => void;
}

type BlockListener = (block: Block) => void;
type WaitingListener = (hash: PrefixedHexString) => void;

/** Transactions which arrive within this time share a block. */
const GATHER_MS = 4;

/** One node: accepts transactions, mines blocks on demand, keeps them on disk and tells listeners. */
export class Chain {
  readonly common: Common;
  readonly history: History;
  readonly machine: Machine;
  readonly pool = new TransactionPool();
  readonly #miner = new Miner();
  readonly #log: (message: string) => void;
  readonly #listeners = new Set<BlockListener>();
  readonly #waitingListeners = new Set<WaitingListener>();
  #disk: Disk | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** Mining runs one after the other; this settles when the last one is done. */
  #mining: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(machine: Machine, log: (message: string) => void) {
    this.common = machine.common;
    this.machine = machine;
    this.history = machine.history;
    this.#log = log;
  }

  /**
   * Opens the chain. Of every stored block checksum, parent hash, SHA-256 seal, difficulty, header rules, transactions and receipts are
   * verified. Blocks whose state is not on disk, or all with `revalidate`, are executed again, which verifies gas, receipts, logs bloom
   * and state root.
   *
   * @throws PowchainError POWCHAIN_LOCKED, POWCHAIN_FILE_ALTERED, POWCHAIN_GENESIS_MISMATCH, POWCHAIN_STATE_DAMAGED
   */
  static async open(options: ChainOptions): Promise<Chain> {
    const { chainId, difficulty, accounts, dataDir, revalidate = false, log } = options;
    const nodes = new NodeStore(() => chain.#dropStates());
    const blockTime = dataDir === undefined ? options.blockTime : blockTimeIn(dataDir, options.blockTime);
    const machine = await Machine.create(createPowCommon(chainId, difficulty, blockTime), nodes, accounts);
    const chain = new Chain(machine, log);
    try {
      if (dataDir !== undefined) {
        chain.#disk = openDisk(dataDir, chain.history.genesis.hash(), log);
        await restore(machine, chain.#disk, { revalidate, log });
      }
    } catch (error) {
      await chain.close();
      throw error;
    }
    if (options.blockEveryMs !== undefined) chain.#tick(options.blockEveryMs, options.emptyBlocks ?? false);
    return chain;
  }

  get head(): Block {
    return this.history.head;
  }

  /** Calls the listener for each new block, after it is on disk. Returns the function that ends this. */
  onBlock(listener: BlockListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls the listener with the hash of each transaction that begins to wait. Returns the function that ends this. */
  onWaiting(listener: WaitingListener): () => void {
    this.#waitingListeners.add(listener);
    return () => this.#waitingListeners.delete(listener);
  }

  /**
   * Takes a signed transaction and mines soon, or with the next block in time.
   *
   * @returns its hash
   * @throws TransactionRefused
   */
  async submit(transaction: TypedTransaction): Promise<PrefixedHexString> {
    let head: Block;
    let account: Account | undefined;
    do {
      head = this.head;
      const state = await this.machine.stateAt(head.header.stateRoot);
      account = await state.getAccount(transaction.getSenderAddress());
    } while (head !== this.head); // a block arrived meanwhile
    const hash = this.pool.add(transaction, {
      nonce: account?.nonce ?? 0n,
      balance: account?.balance ?? 0n,
      baseFee: nextHeader(head).baseFeePerGas,
      gasLimit: BLOCK_GAS_LIMIT,
    });
    for (const listener of this.#waitingListeners) listener(hash);
    if (this.#ticking !== undefined) return hash;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.#enqueue(() => this.#minePool());
    }, GATHER_MS);
    return hash;
  }

  /** Mines one block now, empty when nothing waits. */
  async mine(): Promise<Block> {
    return this.#enqueue(async () => (await this.#mineBlock(true))!);
  }

  /** Stops mining and gives file and lock back. The block being sealed is given up; its transactions are lost. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#gathering);
    clearInterval(this.#ticking);
    await this.#miner.close();
    await this.#mining.catch(() => undefined);
    this.#disk?.close();
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#mining.then(() => {
      if (this.#closed) throw new PowchainError("POWCHAIN_CLOSED", "the chain is closed");
      return task();
    });
    this.#mining = result.catch(() => undefined);
    return result;
  }

  /** One block at a time: what takes longer than its time is not followed by two. */
  #tick(everyMs: number, emptyBlocks: boolean): void {
    let mining = false;
    this.#ticking = setInterval(() => {
      if (mining) return;
      mining = true;
      void this.#enqueue(() => this.#mineBlock(emptyBlocks))
        .catch((error: unknown) => {
          if (!this.#closed) this.#log(`no block was mined this time: ${messageOf(error)}`);
        })
        .finally(() => (mining = false));
    }, everyMs);
  }

  async #minePool(): Promise<void> {
    try {
      while (!this.#closed && (await this.#mineBlock(false)));
    } catch (error) {
      if (!this.#closed) this.#log(`mining stopped until the next transaction: ${messageOf(error)}`);
    }
  }

  async #mineBlock(allowEmpty: boolean): Promise<Block | undefined> {
    const unsealed = await buildNextBlock(this.machine, this.head, this.pool, allowEmpty, this.#drop);
    if (!unsealed) return undefined;
    const block = sealBlock(unsealed.block, await this.#miner.seal(unsealed.block.header));
    const stored = storedBlock(block);
    await checkBlock(stored, this.history.headHeader);
    this.#disk?.blocks.append(stored.encoded, true);
    this.#disk?.states.write(stored.header, unsealed.executed);
    this.machine.add(stored, unsealed.executed);
    this.#forget(block);
    for (const listener of this.#listeners) listener(block);
    return block;
  }

  /** Removes what the block has made obsolete: its transactions, and others with the same sender and nonce. */
  #forget(block: Block): void {
    for (const transaction of block.transactions) {
      const waiting = this.pool.at(transaction.getSenderAddress().toString(), transaction.nonce);
      if (waiting) this.pool.remove(waiting);
    }
  }

  readonly #drop = (transaction: TypedTransaction, reason: string): void => {
    this.pool.remove(transaction);
    this.#log(`transaction ${bytesToHex(transaction.hash())} dropped: ${reason}`);
  };

  #dropStates(): void {
    this.#log("the state on disk is damaged; it is made again at the next start");
    this.#disk?.states.drop();
  }
}
