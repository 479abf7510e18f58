import type { Block } from "@ethereumjs/block";
import { RLP } from "@ethereumjs/rlp";
import {
  bigIntToHex,
  bytesToBigInt,
  bytesToHex,
  createContractAddress,
  intToHex,
  type PrefixedHexString,
} from "@ethereumjs/util";
import { encodeReceipt, type PostByzantiumTxReceipt, type TxReceipt } from "@ethereumjs/vm";
import { effectiveGasPrice } from "./fees.ts";
import type { RpcLog } from "./log-index.ts";

/** Receipt as consensus has it: status, cumulative gas, bloom and logs. */
export type Receipt = PostByzantiumTxReceipt;

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

/** A list is a legacy receipt; below it is the type of the transaction (EIP-2718). */
const LEGACY_FROM = 0xc0;

/** The receipts of a block as its receipts trie has them. */
export function encodeReceipts(block: Block, receipts: readonly TxReceipt[]): Uint8Array[] {
  return receipts.map((receipt, index) => encodeReceipt(receipt, block.transactions[index]!.type));
}

export function decodeReceipt(bytes: Uint8Array): Receipt {
  const list = bytes[0]! < LEGACY_FROM ? bytes.subarray(1) : bytes;
  const [status, gas, bitvector, logs] = RLP.decode(list) as unknown as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Receipt["logs"],
  ];
  return { status: status.length === 0 ? 0 : 1, cumulativeBlockGasUsed: bytesToBigInt(gas), bitvector, logs };
}

/** Where a block stands, as each of its logs says. */
export interface LogPlace {
  readonly blockHash: PrefixedHexString;
  readonly blockNumber: PrefixedHexString;
  readonly blockTimestamp: PrefixedHexString;
}

/** The logs of each transaction of a block. */
export function rpcLogs(
  place: LogPlace,
  transactionHashes: readonly PrefixedHexString[],
  receipts: readonly Receipt[],
): RpcLog[][] {
  let count = 0;
  return receipts.map((receipt, index) => {
    const of = { ...place, transactionHash: transactionHashes[index]!, transactionIndex: intToHex(index) };
    return receipt.logs.map(([address, topics, data]) => ({
      ...of,
      address: bytesToHex(address),
      topics: topics.map((topic) => bytesToHex(topic)),
      data: bytesToHex(data),
      logIndex: intToHex(count++),
      removed: false as const,
    }));
  });
}

/** The receipt of one transaction of a block. `logs` are those of the transaction. */
export function rpcReceipt(
  block: Block,
  receipts: readonly Receipt[],
  index: number,
  logs: readonly RpcLog[],
): RpcReceipt {
  const transaction = block.transactions[index]!;
  const { cumulativeBlockGasUsed, bitvector, status } = receipts[index]!;
  const sender = transaction.getSenderAddress();
  return {
    transactionHash: bytesToHex(transaction.hash()),
    transactionIndex: intToHex(index),
    blockHash: bytesToHex(block.hash()),
    blockNumber: bigIntToHex(block.header.number),
    from: sender.toString(),
    to: transaction.to?.toString() ?? null,
    contractAddress: transaction.to ? null : createContractAddress(sender, transaction.nonce).toString(),
    gasUsed: bigIntToHex(cumulativeBlockGasUsed - (receipts[index - 1]?.cumulativeBlockGasUsed ?? 0n)),
    cumulativeGasUsed: bigIntToHex(cumulativeBlockGasUsed),
    effectiveGasPrice: bigIntToHex(effectiveGasPrice(transaction, block.header.baseFeePerGas ?? 0n)),
    logs,
    logsBloom: bytesToHex(bitvector),
    status: status === 0 ? "0x0" : "0x1",
    type: intToHex(transaction.type),
  };
}
