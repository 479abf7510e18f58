import { type Address, getAbiItem, zeroAddress } from "viem";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import type { Chain } from "./connection.ts";
import type { LedgerEntry } from "./head.ts";
import { readLogs } from "./logs.ts";

/** An account whose successor took over, as `Succeeded` tells it. */
export interface Succession {
  kind: "succession";
  account: Address;
  successor: Address;
}

/** A successor who waits for the end of the delay. */
export interface Proposal {
  successor: Address;
  /** Unix seconds: first second at which he may accept. */
  effective: number;
}

const SUCCEEDED = getAbiItem({ abi: keyDirectoryAbi, name: "Succeeded" });
const PROPOSED = getAbiItem({ abi: keyDirectoryAbi, name: "SuccessorProposed" });
const RECOVERY_CHANGED = getAbiItem({ abi: keyDirectoryAbi, name: "RecoveryChanged" });

function directoryOf({ deployment }: Chain) {
  return { address: deployment.keyDirectory, abi: keyDirectoryAbi } as const;
}

/** Who acts for an account: itself, or its successor. */
export function readActor(chain: Chain, account: Address): Promise<Address> {
  return chain.client.readContract({ ...directoryOf(chain), functionName: "actorOf", args: [account] });
}

/** The address that may propose a successor of an account; undefined when there is none. */
export async function readRecovery(chain: Chain, account: Address): Promise<Address | undefined> {
  const query = { ...directoryOf(chain), functionName: "recoveryOf", args: [account] } as const;
  const recovery = await chain.client.readContract(query);
  return recovery === zeroAddress ? undefined : recovery;
}

/** The successor who was proposed for an account and has neither accepted nor been vetoed; undefined when there is none. */
export async function readProposal(chain: Chain, account: Address): Promise<Proposal | undefined> {
  const query = { ...directoryOf(chain), functionName: "proposalOf", args: [account] } as const;
  const [successor, effective] = await chain.client.readContract(query);
  return successor === zeroAddress ? undefined : { successor, effective };
}

/** Accounts of logs, each once, of which `holds` is true now. */
async function accountsThat(
  logs: readonly { args: { account: Address } }[],
  holds: (account: Address) => Promise<boolean>,
): Promise<Address[]> {
  const accounts = [...new Set(logs.map(({ args }) => args.account))];
  const kept = await Promise.all(accounts.map(holds));
  return accounts.filter((_, index) => kept[index]);
}

/** Accounts that `successor` took over and acts for now, in the order in which he did. */
export async function readSucceeded(chain: Chain, successor: Address): Promise<Address[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { keyDirectory: address } = chain.deployment;
  const logs = await readLogs(chain, { address, event: SUCCEEDED, args: { successor }, toBlock });
  return accountsThat(logs, async (account) => (await readActor(chain, account)) === successor);
}

/** Accounts whose waiting proposal names `successor`. */
export async function readProposalsTo(chain: Chain, successor: Address): Promise<Address[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { keyDirectory: address } = chain.deployment;
  const logs = await readLogs(chain, { address, event: PROPOSED, args: { successor }, toBlock });
  return accountsThat(logs, async (account) => (await readProposal(chain, account))?.successor === successor);
}

/** Accounts that name `recovery` as their recovery address now: it may propose and veto their successors. */
export async function readRecoveredBy(chain: Chain, recovery: Address): Promise<Address[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { keyDirectory: address } = chain.deployment;
  const logs = await readLogs(chain, { address, event: RECOVERY_CHANGED, args: { recovery }, toBlock });
  return accountsThat(logs, async (account) => (await readRecovery(chain, account)) === recovery);
}

/** Seconds between a proposal and the first moment of its acceptance. */
export function readSuccessionDelay(chain: Chain): Promise<number> {
  return chain.client.readContract({ ...directoryOf(chain), functionName: "successionDelay" });
}

/** Every succession of an account, oldest first, with its place on the chain. */
export async function readSuccessions(
  chain: Chain,
  account: Address,
  toBlock: bigint,
): Promise<(Succession & { blockNumber: bigint; logIndex: number })[]> {
  const { keyDirectory: address } = chain.deployment;
  const logs = await readLogs(chain, { address, event: SUCCEEDED, args: { account }, toBlock });
  return logs.map(({ args, blockNumber, logIndex }) => ({
    kind: "succession",
    account: args.account,
    successor: args.successor,
    blockNumber,
    logIndex,
  }));
}

/**
 * The first entry without a hospital whose author did not act for the patient when it was written, or undefined. That may be the patient
 * until he has a successor, and from then on the successor alone.
 * @param facts in the order of the chain
 */
export function findForeignEntry(facts: readonly (LedgerEntry | Succession)[]): LedgerEntry | undefined {
  const actors = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind === "succession") {
      actors.set(fact.account.toLowerCase(), fact.successor.toLowerCase());
      continue;
    }
    const patient = fact.patient.toLowerCase();
    if (fact.hospital === 0 && fact.author.toLowerCase() !== (actors.get(patient) ?? patient)) return fact;
  }
  return undefined;
}
