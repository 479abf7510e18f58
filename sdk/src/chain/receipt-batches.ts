import { type Address, getAbiItem } from "viem";
import { ChartkeyError } from "../errors.ts";
import { accessLogAbi } from "../generated/abi/AccessLog.ts";
import { type Chain, newestBlock } from "./connection.ts";
import { type ReceiptBatch, ZERO_HEAD, nextReceiptHead } from "./head.ts";
import { readLogs } from "./logs.ts";

const RECEIPTS_PUBLISHED = getAbiItem({ abi: accessLogAbi, name: "ReceiptsPublished" });

/**
 * All batches of receipts that a store published, oldest first, recomputed to the head in the contract. Throws `RECEIPTS_INCOMPLETE` when
 * the node withholds or alters one.
 */
export async function readReceiptBatches(chain: Chain, store: Address): Promise<ReceiptBatch[]> {
  const { accessLog: address } = chain.deployment;
  const toBlock = await newestBlock(chain);
  const [logs, stored] = await Promise.all([
    readLogs(chain, { address, event: RECEIPTS_PUBLISHED, args: { store }, toBlock }),
    chain.client.readContract({
      address,
      abi: accessLogAbi,
      functionName: "head",
      args: [store],
      blockNumber: toBlock,
    }),
  ]);
  const batches = logs.map(({ args }): ReceiptBatch => args);
  const context = { chainId: chain.id, accessLog: address };
  const replayed = batches.reduce((head, batch) => nextReceiptHead(context, head, batch), ZERO_HEAD);
  if (replayed !== stored)
    throw new ChartkeyError(
      "RECEIPTS_INCOMPLETE",
      "The node withholds or alters what a store published of its receipts. Ask another node.",
      { details: { store, replayed, stored } },
    );
  return batches;
}
