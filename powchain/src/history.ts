import { createBlockFromRLP, type Block } from "@ethereumjs/block";
import type { Common } from "@ethereumjs/common";
import type { TypedTransaction } from "@ethereumjs/tx";
import { bigIntToHex, bytesToHex, type PrefixedHexString } from "@ethereumjs/util";
import { keccak_256 } from "@noble/hashes/sha3.js";
import type { Header } from "./header.ts";
import { LogIndex, type RpcLog } from "./log-index.ts";
import { decodeReceipt, rpcLogs, rpcReceipt, type RpcReceipt } from "./receipts.ts";
import { storedBlock, type StoredBlock } from "./stored-block.ts";

/** A mined transaction and where it stands. */
export interface Mined {
  readonly transaction: TypedTransaction;
  readonly block: Block;
  readonly index: number;
}

interface Place {
  readonly number: number;
  readonly index: number;
}

interface Entry {
  readonly encoded: Uint8Array;
  /** Made when it is asked for: a block of EthereumJS takes time and memory. */
  block: Block | undefined;
  readonly totalDifficulty: bigint;
  /** As in the receipts trie. */
  readonly receipts: readonly Uint8Array[];
  /** Of each transaction. */
  readonly logs: readonly (readonly RpcLog[])[];
}

/** All blocks from genesis to head with their receipts, found by number and by hash, in memory. */
export class History {
  readonly logs = new LogIndex();
  readonly #common: Common;
  readonly #entries: Entry[] = [];
  readonly #numberByHash = new Map<PrefixedHexString, number>();
  readonly #places = new Map<PrefixedHexString, Place>();

  #headHeader: Header;

  constructor(genesis: Block) {
    const stored = storedBlock(genesis);
    this.#common = genesis.common;
    this.#headHeader = stored.header;
    this.add(stored, []);
  }

  get genesis(): Block {
    return this.#blockAt(0)!;
  }

  get head(): Block {
    return this.#blockAt(this.#entries.length - 1)!;
  }

  get headHeader(): Header {
    return this.#headHeader;
  }

  /** Adds the next block with the receipts of its transactions, in order. */
  add({ encoded, header, transactions, block }: StoredBlock, receipts: readonly Uint8Array[]): void {
    const number = this.#entries.length;
    const hashes = transactions.map((transaction) => bytesToHex(keccak_256(transaction)));
    const blockHash = bytesToHex(header.hash);
    const place = { blockHash, blockNumber: bigIntToHex(header.number), blockTimestamp: bigIntToHex(header.timestamp) };
    const logs = rpcLogs(place, hashes, receipts.map(decodeReceipt));
    const totalDifficulty = this.totalDifficulty(BigInt(number) - 1n) + header.difficulty;
    this.#headHeader = header;
    this.#entries.push({ encoded, block, totalDifficulty, receipts, logs });
    this.#numberByHash.set(blockHash, number);
    for (const [index, hash] of hashes.entries()) this.#places.set(hash, { number, index });
    this.logs.add(logs.flat());
  }

  byNumber(number: bigint): Block | undefined {
    return number <= Number.MAX_SAFE_INTEGER ? this.#blockAt(Number(number)) : undefined;
  }

  byHash(hash: PrefixedHexString): Block | undefined {
    const number = this.#numberByHash.get(hash);
    return number === undefined ? undefined : this.#blockAt(number);
  }

  /** Sum of the difficulties up to and with this block: the expected number of hashes behind it. */
  totalDifficulty(number: bigint): bigint {
    return this.#entries[Number(number)]?.totalDifficulty ?? 0n;
  }

  transaction(hash: PrefixedHexString): Mined | undefined {
    const place = this.#places.get(hash);
    if (!place) return undefined;
    const block = this.#blockAt(place.number)!;
    return { transaction: block.transactions[place.index]!, block, index: place.index };
  }

  receipt({ block, index }: Mined): RpcReceipt {
    const { receipts, logs } = this.#entries[Number(block.header.number)]!;
    return rpcReceipt(block, receipts.map(decodeReceipt), index, logs[index]!);
  }

  receiptsOf(block: Block): RpcReceipt[] {
    return block.transactions.map((transaction, index) => this.receipt({ transaction, block, index }));
  }

  #blockAt(number: number): Block | undefined {
    const entry = this.#entries[number];
    return entry && (entry.block ??= createBlockFromRLP(entry.encoded, { common: this.#common }));
  }
}
