import { type Address, type Hex, getAbiItem } from "viem";
import { ChartkeyError } from "../errors.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import type { Chain } from "./connection.ts";
import { type EventLog, readLogs } from "./logs.ts";

/** Most medicines in one order, and most fills of one medicine. */
export const MAX_MEDICINES = 8;
export const MAX_FILLS = 127;

export interface Order {
  /** Record id of the order's ledger entry. */
  id: Hex;
  prescriber: Address;
  patient: Address;
  hospital: number;
  /** Unix seconds: first second at which nothing is dispensed. */
  expiry: number;
  cancelled: boolean;
  dispenseKey: Address;
  /** Fills of each medicine when it was issued; trailing zeros included. */
  fills: number[];
  /** Fills that remain of each medicine; trailing zeros included. */
  remaining: number[];
  /** Where it was issued. */
  blockNumber: bigint;
  logIndex: number;
}

const ISSUED = getAbiItem({ abi: prescriptionsAbi, name: "Issued" });

/** Packs fills: 7 bits a medicine, the first in the lowest bits. */
export function packCounts(counts: number[]): bigint {
  return counts.reduce((packed, count, index) => packed | (BigInt(count) << BigInt(7 * index)), 0n);
}

/** The fills of each of `MAX_MEDICINES` medicines. */
export function unpackCounts(packed: bigint): number[] {
  return Array.from({ length: MAX_MEDICINES }, (_, index) => Number((packed >> BigInt(7 * index)) & 0x7fn));
}

async function withState(chain: Chain, log: EventLog<typeof ISSUED>): Promise<Order> {
  const { orderId: id, prescriber, patient, hospital, expiry, dispenseKey, remaining: fills } = log.args;
  const [, currentExpiry, remaining] = await chain.client.readContract({
    address: chain.deployment.prescriptions,
    abi: prescriptionsAbi,
    functionName: "orderOf",
    args: [id, dispenseKey],
  });
  return {
    ...{ id, prescriber, patient, hospital, expiry, dispenseKey },
    cancelled: currentExpiry === 1,
    fills: unpackCounts(fills),
    remaining: unpackCounts(remaining),
    blockNumber: log.blockNumber,
    logIndex: log.logIndex,
  };
}

async function readIssued(chain: Chain, args: Record<string, unknown>): Promise<Order[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const issued = await readLogs(chain, { address: chain.deployment.prescriptions, event: ISSUED, args, toBlock });
  return Promise.all(issued.map((log) => withState(chain, log)));
}

/** Orders of a patient or a prescriber, with what remains of each now. */
export function readOrders(chain: Chain, of: { patient: Address } | { prescriber: Address }): Promise<Order[]> {
  return readIssued(chain, { ...of });
}

/** One order, with what remains of it now. Throws `ORDER_UNKNOWN`. */
export async function readOrder(chain: Chain, orderId: Hex): Promise<Order> {
  const [order] = await readIssued(chain, { orderId });
  if (order === undefined)
    throw new ChartkeyError("ORDER_UNKNOWN", "There is no such prescription on this chain. Check the code.", {
      details: { orderId },
    });
  return order;
}

/** What may still happen with an order. */
export type OrderState = "valid" | "used" | "ended" | "cancelled";

/** The state of an order at a moment in Unix seconds. */
export function orderState({ cancelled, expiry, remaining }: Order, now: number): OrderState {
  if (cancelled) return "cancelled";
  if (now >= expiry) return "ended";
  return remaining.some((count) => count > 0) ? "valid" : "used";
}
