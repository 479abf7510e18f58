import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createBlockFromRLP, type Block } from "@ethereumjs/block";
import type { Common } from "@ethereumjs/common";
import type { TypedTransaction } from "@ethereumjs/tx";
import { bytesToHex, type Account, type PrefixedHexString } from "@ethereumjs/util";
import { runBlock } from "@ethereumjs/vm";
import { buildNextBlock, nextHeader, sealBlock } from "./block-builder.ts";
import { BlockFile } from "./blockfile.ts";
import { BLOCK_GAS_LIMIT, createPowCommon } from "./common.ts";
import { messageOf, PowchainError } from "./errors.ts";
import { History } from "./history.ts";
import { lockDirectory } from "./lock.ts";
import { createMachine, type Machine } from "./machine.ts";
import { Miner } from "./miner.ts";
import { TransactionPool } from "./pool.ts";

/** What a chain is made of. */
export interface ChainOptions {
  /** Where the block file lives; absent: the chain ends with the process. */
  readonly dataDir?: string | undefined;
  readonly chainId: number;
  /** Expected hashes per block. */
  readonly difficulty: bigint;
  /** Genesis balances in wei by address. */
  readonly accounts: Readonly<Record<PrefixedHexString, bigint>>;
  readonly log: (message: string) => void;
}

type BlockListener = (block: Block) => void;

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
  #file: BlockFile | undefined;
  #unlock: (() => void) | undefined;
  #gathering: NodeJS.Timeout | undefined;
  /** Mining runs one after the other; this settles when the last one is done. */
  #mining: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(common: Common, machine: Machine, log: (message: string) => void) {
    this.common = common;
    this.machine = machine;
    this.history = new History(machine.blockchain.genesisBlock);
    this.#log = log;
  }

  /**
   * Opens the chain. Every stored block is verified: checksum, parent hash, SHA-256 seal, difficulty, header rules,
   * and by executing it again gas, receipts, logs bloom and state root.
   *
   * @throws PowchainError POWCHAIN_LOCKED, POWCHAIN_FILE_ALTERED, POWCHAIN_GENESIS_MISMATCH
   */
  static async open(options: ChainOptions): Promise<Chain> {
    const common = createPowCommon(options.chainId, options.difficulty);
    const machine = await createMachine(common, options.accounts);
    const chain = new Chain(common, machine, options.log);
    try {
      if (options.dataDir !== undefined) await chain.#restore(options.dataDir);
    } catch (error) {
      await chain.close();
      throw error;
    }
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

  /**
   * Takes a signed transaction and mines soon.
   *
   * @returns its hash
   * @throws TransactionRefused
   */
  async submit(transaction: TypedTransaction): Promise<PrefixedHexString> {
    let head: Block;
    let account: Account | undefined;
    do {
      head = this.head;
      const state = this.machine.state.shallowCopy();
      await state.setStateRoot(head.header.stateRoot);
      account = await state.getAccount(transaction.getSenderAddress());
    } while (head !== this.head); // a block arrived meanwhile
    const hash = this.pool.add(transaction, {
      nonce: account?.nonce ?? 0n,
      balance: account?.balance ?? 0n,
      baseFee: nextHeader(head).baseFeePerGas,
      gasLimit: BLOCK_GAS_LIMIT,
    });
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
    await this.#miner.close();
    await this.#mining.catch(() => undefined);
    this.#file?.close();
    this.#unlock?.();
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#mining.then(() => {
      if (this.#closed) throw new PowchainError("POWCHAIN_CLOSED", "the chain is closed");
      return task();
    });
    this.#mining = result.catch(() => undefined);
    return result;
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
    await this.machine.blockchain.putBlock(block);
    try {
      this.#file?.append(block.serialize());
    } catch (error) {
      await this.machine.blockchain.delBlock(block.hash());
      throw error;
    }
    this.history.add(block, unsealed.results);
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

  async #restore(dataDir: string): Promise<void> {
    mkdirSync(dataDir, { recursive: true });
    this.#unlock = lockDirectory(dataDir);
    const path = join(dataDir, "blocks.dat");
    const { file, blocks, truncated } = BlockFile.open(path, this.history.genesis.hash());
    this.#file = file;
    if (truncated > 0) {
      this.#log(`${path}: ${truncated} bytes of an unfinished block after block ${blocks.length} were cut off`);
    }
    const started = performance.now();
    for (const [index, bytes] of blocks.entries()) {
      try {
        await this.#replay(bytes);
      } catch (error) {
        throw new PowchainError(
          "POWCHAIN_FILE_ALTERED",
          `${path} has been altered: block ${index + 1}: ${messageOf(error)}. ` +
            "Restore the file from a copy, or move it away to begin a new chain.",
          { cause: error },
        );
      }
    }
    if (blocks.length > 0) {
      this.#log(`${path}: ${blocks.length} blocks verified in ${Math.round(performance.now() - started)} ms`);
    }
  }

  async #replay(bytes: Uint8Array): Promise<void> {
    const block = createBlockFromRLP(bytes, { common: this.common });
    const parent = this.head;
    if (bytesToHex(block.header.parentHash) !== bytesToHex(parent.hash())) {
      throw new Error("the parent hash is not the hash of the block before");
    }
    await this.machine.blockchain.putBlock(block);
    const root = parent.header.stateRoot;
    // putBlock has validated header, seal and transaction root.
    const { results } = await runBlock(this.machine.vm, { block, root, skipBlockValidation: true });
    this.history.add(block, results);
  }
}
