import { type Address, type Hex, getAbiItem } from "viem";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";

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
  /** Fills that remain of each medicine; trailing zeros included. */
  remaining: number[];
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

/** Orders of a patient or a prescriber, with what remains of each now. */
export async function readOrders(chain: Chain, of: { patient: Address } | { prescriber: Address }): Promise<Order[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const address = chain.deployment.prescriptions;
  const issued = await readLogs(chain, { address, event: ISSUED, args: { ...of }, toBlock });
  return Promise.all(
    issued.map(async ({ args }): Promise<Order> => {
      const { orderId: id, prescriber, patient, hospital, expiry, dispenseKey } = args;
      const [, currentExpiry, remaining] = await chain.client.readContract({
        address,
        abi: prescriptionsAbi,
        functionName: "orderOf",
        args: [id, dispenseKey],
      });
      const cancelled = currentExpiry === 1;
      return { id, prescriber, patient, hospital, expiry, cancelled, dispenseKey, remaining: unpackCounts(remaining) };
    }),
  );
}
