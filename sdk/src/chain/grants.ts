import { type Address, getAbiItem } from "viem";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Chain } from "./connection.ts";
import { readConsent } from "./consent.ts";
import { readActiveSince } from "./hospitals.ts";
import { readLogs } from "./logs.ts";

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });

/** What a patient lets an account do. */
export interface ReceivedGrant {
  patient: Address;
  hospital: number;
  /** Bit masks of categories. */
  read: number;
  write: number;
  /** Unix seconds: first second without access. */
  expiry: number;
  /** Unix seconds at which it was granted. */
  since: number;
  /** Whether the grantee has been active at the hospital since before the grant, as the contracts ask. */
  active: boolean;
}

/**
 * The newest grant of every patient to `grantee` that was not revoked; `expiry` may have passed.
 * Throws `CONSENT_INCOMPLETE` when the node withholds a change, and `CHAIN_FAILED`.
 */
export async function readGrantsTo(chain: Chain, grantee: Address): Promise<ReceivedGrant[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const address = chain.deployment.consent;
  const granted = await readLogs(chain, { address, event: GRANTED, args: { grantee }, toBlock });
  const patients = [...new Set(granted.map(({ args }) => args.patient))];
  const newest = async (patient: Address): Promise<ReceivedGrant[]> => {
    const { grants } = await readConsent(chain, patient);
    const grant = grants.find((each) => each.grantee.toLowerCase() === grantee.toLowerCase());
    if (grant === undefined) return [];
    const { hospital, read, write, expiry, since } = grant;
    const activeSince = await readActiveSince(chain, hospital, grantee, "doctor");
    return [{ patient, hospital, read, write, expiry, since, active: activeSince !== 0 && activeSince <= since }];
  };
  return (await Promise.all(patients.map(newest))).flat();
}
