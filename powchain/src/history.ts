import type { Block } from "@ethereumjs/block";
import { isFeeMarket1559Tx, type TypedTransaction } from "@ethereumjs/tx";
import { bigIntToHex, bytesToHex, intToHex, type PrefixedHexString } from "@ethereumjs/util";
import type { RunTxResult } from "@ethereumjs/vm";
import { LogIndex, type RpcLog } from "./log-index.ts";

/** Receipt as JSON-RPC shows it. */
export interface RpcReceipt {
  readonly transactionHash: PrefixedHexString;
  readonly transactionIndex: PrefixedHexString;
  readonly blockHash: PrefixedHexString;
  readonly blockNumber: PrefixedHexString;
  readonly from: PrefixedHexString;
  readonly to: PrefixedHexString | null;
  readonly contractAddress: PrefixedHexString | null;
  readonly gasUsed: PrefixedHexString;
  readonly cumulativeGasUsed: PrefixedHexString;
  readonly effectiveGasPrice: PrefixedHexString;
  readonly logs: readonly RpcLog[];
  readonly logsBloom: PrefixedHexString;
  readonly status: "0x0" | "0x1";
  readonly type: PrefixedHexString;
}

/** A mined transaction and where it stands. */
export interface Mined {
  readonly transaction: TypedTransaction;
  readonly block: Block;
  readonly index: number;
  readonly receipt: RpcReceipt;
}

/** All blocks from genesis to head with their receipts, found by number and by hash, in memory. */
export class History {
  readonly logs = new LogIndex();
  readonly #blocks: Block[] = [];
  readonly #totalDifficulty: bigint[] = [];
  readonly #numberByHash = new Map<PrefixedHexString, number>();
  readonly #mined = new Map<PrefixedHexString, Mined>();

  constructor(genesis: Block) {
    this.add(genesis, []);
  }

  get genesis(): Block {
    return this.#blocks[0]!;
  }

  get head(): Block {
    return this.#blocks[this.#blocks.length - 1]!;
  }

  /** Adds the next block with the results of its transactions, in order. */
  add(block: Block, results: readonly RunTxResult[]): void {
    const number = this.#blocks.length;
    const receipts = buildReceipts(block, results);
    this.#totalDifficulty.push((this.#totalDifficulty[number - 1] ?? 0n) + block.header.difficulty);
    this.#blocks.push(block);
    this.#numberByHash.set(bytesToHex(block.hash()), number);
    receipts.forEach((receipt, index) => {
      const transaction = block.transactions[index]!;
      this.#mined.set(receipt.transactionHash, { transaction, block, index, receipt });
    });
    this.logs.add(receipts.flatMap((receipt) => receipt.logs));
  }

  byNumber(number: bigint): Block | undefined {
    return number <= Number.MAX_SAFE_INTEGER ? this.#blocks[Number(number)] : undefined;
  }

  byHash(hash: PrefixedHexString): Block | undefined {
    const number = this.#numberByHash.get(hash);
    return number === undefined ? undefined : this.#blocks[number];
  }

  /** Sum of the difficulties up to and with this block: the expected number of hashes behind it. */
  totalDifficulty(number: bigint): bigint {
    return this.#totalDifficulty[Number(number)] ?? 0n;
  }

  transaction(hash: PrefixedHexString): Mined | undefined {
    return this.#mined.get(hash);
  }

  receiptsOf(block: Block): RpcReceipt[] {
    return block.transactions.map((transaction) => this.#mined.get(bytesToHex(transaction.hash()))!.receipt);
  }
}

/** Price per gas (wei) which the transaction pays in a block with this base fee. */
export function effectiveGasPrice(transaction: TypedTransaction, baseFee: bigint): bigint {
  const { maxFee, tip } = feesOf(transaction);
  return maxFee < baseFee + tip ? maxFee : baseFee + tip;
}

/** The two fee limits of any transaction type, in wei per gas; a legacy gas price stands for both. */
export function feesOf(transaction: TypedTransaction): { maxFee: bigint; tip: bigint } {
  if (isFeeMarket1559Tx(transaction)) {
    return { maxFee: transaction.maxFeePerGas, tip: transaction.maxPriorityFeePerGas };
  }
  const price = "gasPrice" in transaction ? transaction.gasPrice : 0n;
  return { maxFee: price, tip: price };
}

function buildReceipts(block: Block, results: readonly RunTxResult[]): RpcReceipt[] {
  const blockHash = bytesToHex(block.hash());
  const blockNumber = bigIntToHex(block.header.number);
  const blockTimestamp = bigIntToHex(block.header.timestamp);
  let logCount = 0;
  return results.map((result, index) => {
    const transaction = block.transactions[index]!;
    const transactionHash = bytesToHex(transaction.hash());
    const transactionIndex = intToHex(index);
    const place = { blockHash, blockNumber, blockTimestamp, transactionHash, transactionIndex };
    const logs = result.receipt.logs.map(([address, topics, data]) => ({
      ...place,
      address: bytesToHex(address),
      topics: topics.map((topic) => bytesToHex(topic)),
      data: bytesToHex(data),
      logIndex: intToHex(logCount++),
      removed: false as const,
    }));
    return {
      transactionHash,
      transactionIndex,
      blockHash,
      blockNumber,
      from: transaction.getSenderAddress().toString(),
      to: transaction.to?.toString() ?? null,
      contractAddress: result.createdAddress?.toString() ?? null,
      gasUsed: bigIntToHex(result.totalGasSpent),
      cumulativeGasUsed: bigIntToHex(result.receipt.cumulativeBlockGasUsed),
      effectiveGasPrice: bigIntToHex(effectiveGasPrice(transaction, block.header.baseFeePerGas ?? 0n)),
      logs,
      logsBloom: bytesToHex(result.receipt.bitvector),
      status: result.execResult.exceptionError ? "0x0" : "0x1",
      type: intToHex(transaction.type),
    };
  });
}
