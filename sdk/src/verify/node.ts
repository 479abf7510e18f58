import {
  type Hex,
  type PublicClient,
  type RpcTransaction,
  type RpcTransactionReceipt,
  keccak256,
  numberToHex,
  toRlp,
} from "viem";
import { ChartkeyError } from "../errors.ts";
import type { Chain } from "../chain/connection.ts";
import { toChainError } from "../chain/reverts.ts";
import { type HeaderFields, type RpcHeader, headerFields, viewHeader } from "./header.ts";
import { encodeReceipt } from "./receipts.ts";
import { encodeTransaction } from "./transactions.ts";
import { listRoot } from "./trie.ts";

const NO_TRANSACTIONS = listRoot([]);

/** Requests on their way at the same time. */
const PARALLEL = 16;

async function ask<T>(client: PublicClient, method: string, params: unknown[]): Promise<T> {
  try {
    return (await client.request({ method, params } as never)) as T;
  } catch (cause) {
    throw toChainError(cause);
  }
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

const lying = (what: string) =>
  new ChartkeyError("CHAIN_FALSE_ANSWER", `The node's answer about ${what} does not fit its hash. Ask another node.`);

/** Headers of the blocks from `first` to `last`; each is checked to give the hash that the node names. Throws `CHAIN_FALSE_ANSWER`, `CHAIN_FAILED`. */
export function readHeaders({ client }: Chain, first: bigint, last: bigint): Promise<HeaderFields[]> {
  const numbers = Array.from({ length: Number(last - first) + 1 }, (_, index) => first + BigInt(index));
  return inParallel(numbers, async (number) => {
    const header = await ask<RpcHeader | null>(client, "eth_getBlockByNumber", [numberToHex(number), false]);
    if (header === null) throw lying(`block ${number}`);
    const fields = headerFields(header);
    if (keccak256(toRlp(fields)) !== header.hash) throw lying(`block ${number}`);
    return fields;
  });
}

/** Encoded receipts of blocks, each list checked against its header. Throws `CHAIN_FALSE_ANSWER`, `CHAIN_FAILED`. */
export function readReceipts({ client }: Chain, headers: readonly HeaderFields[]): Promise<Hex[][]> {
  return inParallel(headers, async (fields) => {
    const { number, hash, receiptsRoot } = viewHeader(fields);
    const receipts = await ask<RpcTransactionReceipt[] | null>(client, "eth_getBlockReceipts", [hash]);
    const encoded = (receipts ?? []).map(encodeReceipt);
    if (listRoot(encoded) !== receiptsRoot) throw lying(`the receipts of block ${number}`);
    return encoded;
  });
}

/** Hashes of the transactions of blocks, by block; each list is checked against its header. Throws `CHAIN_FALSE_ANSWER`, `CHAIN_FAILED`. */
export async function readTransactions(
  { client }: Chain,
  headers: readonly HeaderFields[],
): Promise<ReadonlyMap<bigint, readonly Hex[]>> {
  const lists = await inParallel(headers, async (fields): Promise<[bigint, Hex[]]> => {
    const { number, transactionsRoot } = viewHeader(fields);
    if (transactionsRoot === NO_TRANSACTIONS) return [number, []];
    const block = await ask<{ transactions: RpcTransaction[] } | null>(client, "eth_getBlockByNumber", [
      numberToHex(number),
      true,
    ]);
    const transactions = block?.transactions ?? [];
    const encoded = transactions.map(encodeTransaction);
    const hashes = encoded.map((each) => keccak256(each));
    const isRight = hashes.every((hash, index) => hash === transactions[index]!.hash);
    if (!isRight || listRoot(encoded) !== transactionsRoot) throw lying(`the transactions of block ${number}`);
    return [number, hashes];
  });
  return new Map(lists);
}
