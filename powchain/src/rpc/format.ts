import type { Block } from "@ethereumjs/block";
import type { TypedTransaction } from "@ethereumjs/tx";
import { bigIntToHex, bytesToHex, intToHex } from "@ethereumjs/util";
import { effectiveGasPrice, feesOf } from "../fees.ts";

/** JSON-RPC form of a header, as newHeads subscribers get it; `pending` hides what only the seal will decide. */
export function formatHeader({ header }: Block, pending = false) {
  return {
    number: bigIntToHex(header.number),
    hash: pending ? null : bytesToHex(header.hash()),
    parentHash: bytesToHex(header.parentHash),
    nonce: pending ? null : bytesToHex(header.nonce),
    mixHash: pending ? null : bytesToHex(header.mixHash),
    sha3Uncles: bytesToHex(header.uncleHash),
    logsBloom: pending ? null : bytesToHex(header.logsBloom),
    transactionsRoot: bytesToHex(header.transactionsTrie),
    stateRoot: bytesToHex(header.stateRoot),
    receiptsRoot: bytesToHex(header.receiptTrie),
    miner: header.coinbase.toString(),
    difficulty: bigIntToHex(header.difficulty),
    extraData: bytesToHex(header.extraData),
    gasLimit: bigIntToHex(header.gasLimit),
    gasUsed: bigIntToHex(header.gasUsed),
    timestamp: bigIntToHex(header.timestamp),
    baseFeePerGas: bigIntToHex(header.baseFeePerGas ?? 0n),
  };
}

/** JSON-RPC form of a block with transactions already in their form. */
export function formatBlock(block: Block, totalDifficulty: bigint, transactions: readonly unknown[], pending = false) {
  return {
    ...formatHeader(block, pending),
    totalDifficulty: bigIntToHex(totalDifficulty),
    size: intToHex(block.serialize().length),
    uncles: [],
    transactions,
  };
}

/** JSON-RPC form of a transaction; without a block it is one that waits. */
export function formatTransaction(transaction: TypedTransaction, mined?: { block: Block; index: number }) {
  const { gasLimit, data, ...fields } = transaction.toJSON();
  const { maxFee } = feesOf(transaction);
  const baseFee = mined?.block.header.baseFeePerGas;
  return {
    ...fields,
    type: intToHex(transaction.type),
    hash: bytesToHex(transaction.hash()),
    from: transaction.getSenderAddress().toString(),
    to: transaction.to?.toString() ?? null,
    gas: gasLimit,
    input: data,
    gasPrice: bigIntToHex(baseFee === undefined ? maxFee : effectiveGasPrice(transaction, baseFee)),
    chainId: bigIntToHex(transaction.common.chainId()),
    blockHash: mined ? bytesToHex(mined.block.hash()) : null,
    blockNumber: mined ? bigIntToHex(mined.block.header.number) : null,
    transactionIndex: mined ? intToHex(mined.index) : null,
  };
}

/** JSON-RPC form of a mined block with hashes or whole transactions. */
export function formatMinedBlock(block: Block, totalDifficulty: bigint, whole: boolean) {
  const transactions = block.transactions.map((transaction, index) =>
    whole ? formatTransaction(transaction, { block, index }) : bytesToHex(transaction.hash()),
  );
  return formatBlock(block, totalDifficulty, transactions);
}
