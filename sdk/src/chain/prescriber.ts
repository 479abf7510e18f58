import { getAbiItem } from "viem";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Chain } from "./connection.ts";
import { readMemberChanges } from "./hospitals.ts";
import { byPosition, readLogs } from "./logs.ts";
import type { Order } from "./orders.ts";

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const REVOKED = getAbiItem({ abi: consentRegistryAbi, name: "Revoked" });
const MEDICATION_BIT = 1 << 4;

/** What the events say of an order's prescriber. */
export interface PrescriberStanding {
  /** Whether he was an active doctor of the order's hospital when he signed. */
  wasActive: boolean;
  /** Whether the patient's grant let him add to medication then. */
  hadAccess: boolean;
  /** Whether he is an active doctor there now: an order stays good when he is not. */
  isActive: boolean;
  speciality: number;
}

async function hadAccess(chain: Chain, order: Order, time: number): Promise<boolean> {
  const { patient, prescriber: grantee, blockNumber: toBlock } = order;
  const query = { address: chain.deployment.consent, args: { patient, grantee }, toBlock };
  const [granted, revoked] = await Promise.all([
    readLogs(chain, { ...query, event: GRANTED }),
    readLogs(chain, { ...query, event: REVOKED }),
  ]);
  const newest = [...granted, ...revoked]
    .filter((log) => byPosition(log, order) < 0)
    .sort(byPosition)
    .at(-1);
  if (newest === undefined || newest.eventName !== "Granted") return false;
  const { hospital, write, expiry } = newest.args;
  return hospital === order.hospital && (write & MEDICATION_BIT) !== 0 && time < expiry;
}

/**
 * Replays from events whether an order's prescriber was entitled when he signed it. The contract refuses an order otherwise; a node that
 * tells of an order without telling of what it rests on is wrong in one of them.
 * @param time Unix seconds at which the order was issued.
 */
export async function readPrescriberStanding(chain: Chain, order: Order, time: number): Promise<PrescriberStanding> {
  const [changes, access] = await Promise.all([
    readMemberChanges(chain, order.hospital, order.prescriber),
    hadAccess(chain, order, time),
  ]);
  const then = changes.filter((change) => byPosition(change, order) < 0).at(-1);
  const now = changes.at(-1);
  const isActive = (change: typeof now) => change?.role === "doctor" && change.status === "active";
  return { wasActive: isActive(then), hadAccess: access, isActive: isActive(now), speciality: then?.speciality ?? 0 };
}
