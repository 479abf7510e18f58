import { type Address, type Hex, getAbiItem } from "viem";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";
import { packCounts, unpackCounts } from "./orders.ts";

/** What a pharmacist handed out of an order. */
export interface Dispensing {
  orderId: Hex;
  pharmacist: Address;
  hospital: number;
  /** Fills handed out of each medicine, and what remained then; trailing zeros included. */
  amounts: number[];
  remaining: number[];
  /** Unix seconds. */
  time: number;
  blockNumber: bigint;
  transactionHash: Hex;
}

const DISPENSED = getAbiItem({ abi: prescriptionsAbi, name: "Dispensed" });

/**
 * What was handed out, oldest first: of orders, or by a pharmacist.
 * @param since Unix seconds: leaves out what was handed out earlier.
 */
export async function readDispensings(
  chain: Chain,
  of: { orders: Hex[] } | { pharmacist: Address },
  since = 0,
): Promise<Dispensing[]> {
  const args = "orders" in of ? { orderId: of.orders } : { pharmacist: of.pharmacist };
  // A node takes an empty list of topics for any topic.
  if (args.orderId?.length === 0) return [];
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const query = { address: chain.deployment.prescriptions, event: DISPENSED, args, toBlock };
  const logs = await readLogs(chain, query);
  const times = new Map<bigint, number>();
  const dispensings: Dispensing[] = [];
  // From the newest back, so that a long past costs nothing.
  for (const { args: told, blockNumber, transactionHash } of logs.reverse()) {
    const time = times.get(blockNumber) ?? Number((await chain.client.getBlock({ blockNumber })).timestamp);
    times.set(blockNumber, time);
    if (time < since) break;
    const { orderId, pharmacist, hospital, amounts, remaining } = told;
    const counts = { amounts: unpackCounts(amounts), remaining: unpackCounts(remaining) };
    dispensings.push({ orderId, pharmacist, hospital, ...counts, time, blockNumber, transactionHash });
  }
  return dispensings.reverse();
}

const DISPENSE_TYPES = {
  Dispense: [
    { name: "order", type: "bytes32" },
    { name: "pharmacist", type: "address" },
    { name: "amounts", type: "uint56" },
    { name: "remaining", type: "uint56" },
  ],
} as const;

const CANCEL_TYPES = { Cancel: [{ name: "order", type: "bytes32" }] } as const;

const domainOf = ({ id: chainId, deployment }: Chain) =>
  ({ name: "Chartkey Prescriptions", version: "1", chainId, verifyingContract: deployment.prescriptions }) as const;

/** EIP-712 form of the end of an order that the dispense key signs. */
export function cancelTypedData(chain: Chain, order: Hex) {
  return { domain: domainOf(chain), types: CANCEL_TYPES, primaryType: "Cancel", message: { order } } as const;
}

/** EIP-712 form of the capability that the dispense key signs: for exactly this pharmacist, these amounts and what remains before. */
export function dispenseTypedData(
  chain: Chain,
  {
    order,
    pharmacist,
    amounts,
    remaining,
  }: { order: Hex; pharmacist: Address; amounts: number[]; remaining: number[] },
) {
  return {
    domain: domainOf(chain),
    types: DISPENSE_TYPES,
    primaryType: "Dispense",
    message: { order, pharmacist, amounts: packCounts(amounts), remaining: packCounts(remaining) },
  } as const;
}
