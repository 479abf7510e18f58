import { type Address, getAbiItem } from "viem";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import type { Chain } from "./connection.ts";
import { type Hospital, readHospitals } from "./hospitals.ts";
import { readLogs } from "./logs.ts";

const REVIEWER_CHANGED = getAbiItem({ abi: hospitalAbi, name: "ReviewerChanged" });

/** Whether `account` reviews the emergency accesses of a hospital, by its contract's address. */
export function isReviewer(chain: Chain, hospital: Address, account: Address): Promise<boolean> {
  const query = { address: hospital, abi: hospitalAbi, functionName: "isReviewer", args: [account] } as const;
  return chain.client.readContract(query);
}

async function changedAt(chain: Chain, address: Address | Address[], args: { account?: Address }) {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  return readLogs(chain, { address, event: REVIEWER_CHANGED, args, toBlock });
}

/** Who reviews the emergency accesses of a hospital now, in the order of the first appointment. */
export async function readReviewers(chain: Chain, hospital: Address): Promise<Address[]> {
  const changes = await changedAt(chain, hospital, {});
  const accounts = [...new Set(changes.map(({ args }) => args.account))];
  const appointed = await Promise.all(accounts.map((account) => isReviewer(chain, hospital, account)));
  return accounts.filter((_, index) => appointed[index]);
}

/** Hospitals whose emergency accesses `account` reviews now. */
export async function readReviewed(chain: Chain, account: Address): Promise<Hospital[]> {
  const hospitals = await readHospitals(chain);
  if (hospitals.length === 0) return [];
  const changes = await changedAt(
    chain,
    hospitals.map(({ address }) => address),
    { account },
  );
  const named = new Set(changes.map(({ address }) => address.toLowerCase()));
  const candidates = hospitals.filter(({ address }) => named.has(address.toLowerCase()));
  const appointed = await Promise.all(candidates.map(({ address }) => isReviewer(chain, address, account)));
  return candidates.filter((_, index) => appointed[index]);
}
