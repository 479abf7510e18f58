import { type TransactionReceipt, BlockNotFoundError } from "viem";
import { ChartkeyError } from "../errors.ts";
import { askAgain } from "./ask-again.ts";
import type { Chain } from "./connection.ts";

/**
 * Checks that the block of a receipt is there and holds its transaction. Throws `CHAIN_RECEIPT_FALSE`.
 * A node that makes the block up as well is noticed by the ledger, which is read to its head, and by a second node.
 */
export async function checkReceipt({ client }: Chain, receipt: TransactionReceipt): Promise<void> {
  const { blockHash, blockNumber, transactionHash } = receipt;
  const isThere = await askAgain(
    client,
    async () => {
      const block = await client.getBlock({ blockHash }).catch((error: unknown) => {
        if (error instanceof BlockNotFoundError) return undefined;
        throw error;
      });
      return block?.hash === blockHash && block.number === blockNumber && block.transactions.includes(transactionHash);
    },
    (there) => there,
  );
  if (isThere) return;
  throw new ChartkeyError(
    "CHAIN_RECEIPT_FALSE",
    "The blockchain node says that your transaction was mined, and does not have the block: it was taken back, or the node is wrong. Look whether what you signed is there before you sign it again.",
    { details: { transactionHash, blockHash } },
  );
}
