import { type Address, type Hex, getAbiItem } from "viem";
import { ChartkeyError } from "../errors.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Chain } from "./connection.ts";
import { byPosition, readLogs } from "./logs.ts";

/** What a delegate may do, in the order of the contract's bits. */
export const MANDATE_ACTIONS = ["grant", "revoke", "book"] as const;
export type MandateAction = (typeof MANDATE_ACTIONS)[number];

/** Bit mask of what a delegate may do. */
export function toActions(actions: readonly MandateAction[]): number {
  return actions.reduce((mask, action) => mask | (1 << MANDATE_ACTIONS.indexOf(action)), 0);
}

/** What a mask lets a delegate do, in the order of the bits. */
export function fromActions(mask: number): MandateAction[] {
  return MANDATE_ACTIONS.filter((_, bit) => ((mask >> bit) & 1) === 1);
}

/** A mandate that was not removed; `expiry` may have passed. */
export interface Mandate {
  patient: Address;
  delegate: Address;
  actions: MandateAction[];
  /** Unix seconds: first second without power. */
  expiry: number;
  /** Whether the contract lets him act now: false after the end, and after a succession of the patient. */
  inForce: boolean;
}

/** Something a delegate did with a patient's consent. */
export interface DelegateAct {
  delegate: Address;
  /** Both grant and revoke when a grant took the place of another. */
  actions: MandateAction[];
  /** Unix seconds of the block. */
  time: number;
  transactionHash: Hex;
}

const APPOINTED = getAbiItem({ abi: consentRegistryAbi, name: "DelegateAppointed" });
const REMOVED = getAbiItem({ abi: consentRegistryAbi, name: "DelegateRemoved" });
const ACTED = getAbiItem({ abi: consentRegistryAbi, name: "DelegateActed" });

function consentOf({ deployment }: Chain) {
  return { address: deployment.consent, abi: consentRegistryAbi } as const;
}

/** Whether `delegate` may do `action` for `patient` now. */
export function isMandated(chain: Chain, patient: Address, delegate: Address, action: MandateAction): Promise<boolean> {
  const args = [patient, delegate, toActions([action])] as const;
  return chain.client.readContract({ ...consentOf(chain), functionName: "isMandated", args });
}

/**
 * Mandates that a patient gave, or that an account has, in the order of their appointment; each is held against what the contract stores.
 * Throws `MANDATES_INCOMPLETE` when the node's events and the contract differ, and `CHAIN_FAILED`.
 */
export async function readMandates(chain: Chain, of: { patient: Address } | { delegate: Address }): Promise<Mandate[]> {
  const blockNumber = await chain.client.getBlockNumber({ cacheTime: 0 });
  const query = { address: chain.deployment.consent, args: { ...of }, toBlock: blockNumber };
  const [appointed, removed] = await Promise.all([
    readLogs(chain, { ...query, event: APPOINTED }),
    readLogs(chain, { ...query, event: REMOVED }),
  ]);
  const terms = [
    ...appointed.map(({ args, ...position }) => ({ ...args, ...placeOf(position) })),
    ...removed.map(({ args, ...position }) => ({ ...args, actions: 0, expiry: 0, ...placeOf(position) })),
  ].sort(byPosition);
  const newest = new Map(terms.map((each) => [`${each.patient}|${each.delegate}`, each]));
  const mandates = await Promise.all([...newest.values()].map((each) => checkMandate(chain, each, blockNumber)));
  return mandates.filter(({ expiry }) => expiry !== 0);
}

const placeOf = ({ blockNumber, logIndex }: { blockNumber: bigint; logIndex: number }) => ({ blockNumber, logIndex });

interface Terms {
  patient: Address;
  delegate: Address;
  actions: number;
  expiry: number;
}

async function checkMandate(
  chain: Chain,
  { patient, delegate, actions, expiry }: Terms,
  blockNumber: bigint,
): Promise<Mandate> {
  const [[storedActions, storedExpiry], inForce] = await Promise.all([
    chain.client.readContract({
      ...consentOf(chain),
      functionName: "mandateOf",
      args: [patient, delegate],
      blockNumber,
    }),
    chain.client.readContract({
      ...consentOf(chain),
      functionName: "isMandated",
      args: [patient, delegate, actions],
    }),
  ]);
  if (storedActions !== actions || storedExpiry !== expiry)
    throw new ChartkeyError(
      "MANDATES_INCOMPLETE",
      "The node withholds or alters changes of a mandate. Ask another node.",
      { details: { patient, delegate } },
    );
  return { patient, delegate, actions: fromActions(actions), expiry, inForce };
}

/** What delegates did with a patient's consent, newest first, as the node's events tell it; visits are not among it. */
export async function readDelegateActs(chain: Chain, patient: Address): Promise<DelegateAct[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { consent: address } = chain.deployment;
  const logs = await readLogs(chain, { address, event: ACTED, args: { patient }, toBlock });
  const acts = logs.map(async ({ args, blockNumber, transactionHash }): Promise<DelegateAct> => {
    const { timestamp } = await chain.client.getBlock({ blockNumber });
    return { delegate: args.delegate, actions: fromActions(args.action), time: Number(timestamp), transactionHash };
  });
  return (await Promise.all(acts)).reverse();
}
