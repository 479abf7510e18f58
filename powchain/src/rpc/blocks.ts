import { bigIntToHex, bytesToHex, intToHex } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { formatBlock, formatMinedBlock, formatTransaction } from "./format.ts";
import { findBlock, hash, index, type MethodTable } from "./params.ts";

/** Blocks and their transactions and receipts. What does not exist is answered with null. */
export function blockMethods(chain: Chain): MethodTable {
  const { history } = chain;

  const block = (reference: unknown, whole: unknown) => {
    const found = findBlock(chain, reference);
    if (!found) return null;
    if (found.kind === "pending") return pendingBlock(whole === true);
    return formatMinedBlock(found.block, history.totalDifficulty(found.block.header.number), whole === true);
  };

  const pendingBlock = (whole: boolean) => {
    const environment = findBlock(chain, "pending")!.block;
    const waiting = chain.pool.all().map((transaction) => {
      return whole ? formatTransaction(transaction) : bytesToHex(transaction.hash());
    });
    const work = history.totalDifficulty(chain.head.header.number) + environment.header.difficulty;
    return formatBlock(environment, work, waiting, true);
  };

  const transactionsOf = (reference: unknown) => findBlock(chain, reference)?.block.transactions;

  const transactionCount = (reference: unknown) => {
    const transactions = transactionsOf(reference);
    return transactions ? intToHex(transactions.length) : null;
  };

  const transactionAt = (reference: unknown, position: unknown) => {
    const found = findBlock(chain, reference);
    const at = index(position, "transaction index");
    const transaction = found?.block.transactions[at];
    return found && transaction ? formatTransaction(transaction, { block: found.block, index: at }) : null;
  };

  return {
    eth_blockNumber: () => bigIntToHex(chain.head.header.number),
    eth_getBlockByNumber: ([reference, whole]) => block(reference, whole),
    eth_getBlockByHash: ([reference, whole]) => block(hash(reference), whole),
    eth_getBlockTransactionCountByNumber: ([reference]) => transactionCount(reference),
    eth_getBlockTransactionCountByHash: ([reference]) => transactionCount(hash(reference)),
    eth_getTransactionByBlockNumberAndIndex: ([reference, position]) => transactionAt(reference, position),
    eth_getTransactionByBlockHashAndIndex: ([reference, position]) => transactionAt(hash(reference), position),
    eth_getUncleCountByBlockNumber: ([reference]) => (findBlock(chain, reference) ? "0x0" : null),
    eth_getUncleCountByBlockHash: ([reference]) => (findBlock(chain, hash(reference)) ? "0x0" : null),
    eth_getBlockReceipts: ([reference]) => {
      const found = findBlock(chain, reference);
      return found ? history.receiptsOf(found.block) : null;
    },
    eth_getTransactionByHash: ([reference]) => {
      const wanted = hash(reference);
      const mined = history.transaction(wanted);
      if (mined) return formatTransaction(mined.transaction, mined);
      const waiting = chain.pool.get(wanted);
      return waiting ? formatTransaction(waiting) : null;
    },
    eth_getTransactionReceipt: ([reference]) => {
      const mined = history.transaction(hash(reference));
      return mined ? history.receipt(mined) : null;
    },
  };
}
