import { queryOptions } from "@tanstack/react-query";
import { numberToHex, type Address, type Hash, type PublicClient, type RpcLog } from "viem";
import type { Deployment } from "@chartkey/sdk";
import { verifyHeader, type HeaderReport, type RpcHeader } from "@chartkey/sdk/verify";
import { hasHead, isContract } from "./lib/places.ts";
import { rangesBetween } from "./lib/ranges.ts";

/** A block as the list shows it. */
export interface CheckedBlock {
  readonly header: RpcHeader;
  readonly report: HeaderReport;
  readonly number: bigint;
  readonly transactions: readonly Hash[];
}

/** Blocks on a page of the list. */
export const PAGE_SIZE = 20;

/** The node has no block or transaction of this number or hash. */
class NotFound extends Error {
  readonly code = "CHAIN_NOT_FOUND";
}

async function fetchBlock(client: PublicClient, id: bigint | Hash) {
  const block =
    typeof id === "bigint"
      ? await client.request({ method: "eth_getBlockByNumber", params: [numberToHex(id), false] })
      : await client.request({ method: "eth_getBlockByHash", params: [id, false] });
  if (!block) throw new NotFound("no such block");
  return block;
}

function checked(block: Awaited<ReturnType<typeof fetchBlock>>, parent: RpcHeader | null): CheckedBlock {
  return {
    header: block,
    report: verifyHeader(block, parent),
    number: BigInt(block.number ?? "0x0"),
    transactions: block.transactions.map((transaction) =>
      typeof transaction === "string" ? transaction : transaction.hash,
    ),
  };
}

/** A page of blocks from `newest` down, each checked against its parent. */
export function blocksQuery(client: PublicClient, chainId: number, newest: bigint) {
  return queryOptions({
    queryKey: ["audit", chainId, "blocks", newest],
    queryFn: async () => {
      // One block more than is shown, so that the last one has its parent.
      const count = newest + 1n < BigInt(PAGE_SIZE + 1) ? Number(newest) + 1 : PAGE_SIZE + 1;
      const blocks = await Promise.all(
        Array.from({ length: count }, (_, index) => fetchBlock(client, newest - BigInt(index))),
      );
      return blocks.slice(0, PAGE_SIZE).map((block, index) => checked(block, blocks[index + 1] ?? null));
    },
    staleTime: Infinity,
  });
}

/** One block by number or hash, checked against its parent. */
export function blockQuery(client: PublicClient, chainId: number, id: bigint | Hash) {
  return queryOptions({
    queryKey: ["audit", chainId, "block", id],
    queryFn: async () => {
      const block = await fetchBlock(client, id);
      const number = BigInt(block.number ?? "0x0");
      return checked(block, number === 0n ? null : await fetchBlock(client, number - 1n));
    },
  });
}

/** The hash of a block as the chain has it; "0x" when the chain is shorter. */
export function blockHashQuery(client: PublicClient, chainId: number, number: bigint) {
  return queryOptions({
    queryKey: ["audit", chainId, "hash", number],
    queryFn: async () => {
      const block = await client.request({ method: "eth_getBlockByNumber", params: [numberToHex(number), false] });
      return block?.hash ?? "0x";
    },
  });
}

/** A transaction with its receipt. */
export function transactionQuery(client: PublicClient, chainId: number, hash: Hash) {
  return queryOptions({
    queryKey: ["audit", chainId, "transaction", hash],
    queryFn: async () => {
      const [transaction, receipt] = await Promise.all([
        client.getTransaction({ hash }),
        client.getTransactionReceipt({ hash }),
      ]);
      return { transaction, receipt };
    },
  });
}

/** Every event of the system that an account or contract emitted or is named in, newest first. */
export function addressQuery(
  client: PublicClient,
  chainId: number,
  deployment: Deployment | undefined,
  address: Address,
) {
  return queryOptions({
    queryKey: ["audit", chainId, "address", address.toLowerCase()],
    queryFn: async () => {
      const [hasLedger, code, balance, newest] = await Promise.all([
        hasHead(client, deployment, address),
        client.getCode({ address }),
        client.getBalance({ address }),
        client.getBlockNumber(),
      ]);
      const topic = `0x${address.slice(2).toLowerCase().padStart(64, "0")}` as const;
      // Indexed addresses stand in one of three topics; the node cannot be asked for "any of them" at once.
      const named = [
        [null, topic],
        [null, null, topic],
        [null, null, null, topic],
      ].map((topics) => ({ topics }));
      const logs: RpcLog[] = [];
      for (const range of rangesBetween(deployment?.fromBlock ?? 0n, newest))
        for (const found of await Promise.all(
          [{ address }, ...named].map((filter) =>
            client.request({ method: "eth_getLogs", params: [{ ...range, ...filter }] }),
          ),
        ))
          logs.push(...found);
      const unique = new Map(logs.map((log) => [`${log.blockNumber}/${log.logIndex}`, log]));
      const order = (log: (typeof logs)[number]) => Number(log.blockNumber) * 1e6 + Number(log.logIndex);
      const events = [...unique.values()].toSorted((a, b) => order(b) - order(a));
      return { isContract: isContract(code), balance, hasLedger, events };
    },
  });
}
