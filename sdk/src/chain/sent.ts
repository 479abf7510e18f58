import {
  type Address,
  type Hash,
  type PublicClient,
  TransactionNotFoundError,
  TransactionReceiptNotFoundError,
} from "viem";

/** A contract call that a wallet sent. */
export interface SentTransaction {
  readonly hash: Hash;
  readonly from: Address;
  readonly to: Address;
  readonly functionName: string;
  /** The account that it gives something to or takes it from, or that is booked, where the call names one. */
  readonly about?: Address;
}

/**
 * waiting: a node has it, in no block yet. mined, failed: it is in a block, and did or did not what it was to do. replaced: another
 * transaction has its nonce. dropped: the node does not have it, and nothing else took its place.
 */
export type SentState = "waiting" | "mined" | "failed" | "replaced" | "dropped";

/** What became of a transaction, as a node says. */
export interface SentStanding {
  readonly state: SentState;
  /** The block that it is in; when mined or failed. */
  readonly blockNumber?: bigint;
  /** Its nonce, while the node has it. */
  readonly nonce?: number;
}

const unless = (absent: new (...values: never[]) => Error) => (error: unknown) => {
  if (error instanceof absent) return undefined;
  throw error;
};

/**
 * Asks a node what became of a transaction. Without its nonce, replaced and dropped cannot be told apart, and it is "dropped".
 * Throws what the node's client throws when it does not answer.
 */
export async function standingOf(
  client: PublicClient,
  { hash, from, nonce }: { hash: Hash; from: Address; nonce?: number | undefined },
): Promise<SentStanding> {
  const known = await client.getTransaction({ hash }).catch(unless(TransactionNotFoundError));
  const receipt = await client.getTransactionReceipt({ hash }).catch(unless(TransactionReceiptNotFoundError));
  if (receipt !== undefined)
    return { state: receipt.status === "success" ? "mined" : "failed", blockNumber: receipt.blockNumber };
  if (known !== undefined) return { state: "waiting", nonce: known.nonce };
  const used = await client.getTransactionCount({ address: from });
  return { state: nonce !== undefined && used > nonce ? "replaced" : "dropped" };
}
