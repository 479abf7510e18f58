import { type Address, type Hex, getAbiItem } from "viem";
import { ChartkeyError } from "../errors.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Chain } from "./connection.ts";
import { ZERO_HEAD } from "./head.ts";
import { type EventLog, readLogs } from "./logs.ts";

/** What a hospital makes of an emergency, by the contract's number. */
export const OUTCOMES = ["none", "justified", "questioned", "unjustified"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How long an emergency access lasts unless the patient ends it, and how long the same doctor has to wait for another, in seconds. */
export const EMERGENCY_TERM = 14_400;
export const EMERGENCY_PAUSE = 86_400;

/** A review, as its event tells it. */
export interface EmergencyReview {
  reviewer: Address;
  outcome: Outcome;
  /** Digest of the sealed report; undefined when none was written. */
  report: Hex | undefined;
}

/** An emergency access, held against the contract. */
export interface Emergency {
  hospital: number;
  /** Counts the hospital's emergencies from 1. */
  number: number;
  patient: Address;
  doctor: Address;
  /** Mask of the categories that may be read. */
  categories: number;
  /** Unix seconds. */
  openedAt: number;
  /** Unix seconds: first second without access; earlier than `openedAt` + `EMERGENCY_TERM` when the patient ended it. */
  end: number;
  outcome: Outcome;
  /** Digest of the sealed justification. */
  justification: Hex;
  review: EmergencyReview | undefined;
  transactionHash: Hex;
}

const OPENED = getAbiItem({ abi: consentRegistryAbi, name: "EmergencyOpened" });
const REVIEWED = getAbiItem({ abi: consentRegistryAbi, name: "EmergencyReviewed" });

function consentOf({ deployment }: Chain) {
  return { address: deployment.consent, abi: consentRegistryAbi } as const;
}

function incomplete(details: Record<string, unknown>): ChartkeyError {
  const message = "The node withholds or alters emergency accesses. Ask another node.";
  return new ChartkeyError("EMERGENCIES_INCOMPLETE", message, { details });
}

/** How many the contract counted; a doctor's are not counted. */
async function countOf(chain: Chain, of: { hospital: number } | { patient: Address }, blockNumber: bigint) {
  return "hospital" in of
    ? chain.client.readContract({
        ...consentOf(chain),
        functionName: "emergencyCount",
        args: [of.hospital],
        blockNumber,
      })
    : chain.client.readContract({
        ...consentOf(chain),
        functionName: "emergenciesOf",
        args: [of.patient],
        blockNumber,
      });
}

async function checked(
  chain: Chain,
  { args, transactionHash }: EventLog<typeof OPENED>,
  blockNumber: bigint,
): Promise<Emergency> {
  const { hospital, number, justification } = args;
  const query = { ...consentOf(chain), functionName: "emergencyAt", args: [hospital, number], blockNumber } as const;
  const [patient, doctor, categories, openedAt, end, outcome] = await chain.client.readContract(query);
  if (patient !== args.patient || doctor !== args.doctor || categories !== args.categories || end > args.end)
    throw incomplete({ hospital, number });
  const name = OUTCOMES[outcome] ?? "none";
  const review = outcome === 0 ? undefined : await readReview(chain, { hospital, number }, blockNumber);
  if (review !== undefined && review.outcome !== name) throw incomplete({ hospital, number });
  return {
    ...{ hospital, number, patient, doctor, categories, openedAt, end, outcome: name, justification },
    ...{ review, transactionHash },
  };
}

async function readReview(
  chain: Chain,
  args: { hospital: number; number: number },
  toBlock: bigint,
): Promise<EmergencyReview> {
  const [reviewed] = await readLogs(chain, {
    ...{ address: chain.deployment.consent, event: REVIEWED, args: { ...args }, toBlock },
  });
  if (reviewed === undefined) throw incomplete(args);
  const { reviewer, outcome, report } = reviewed.args;
  return { reviewer, outcome: OUTCOMES[outcome] ?? "none", report: report === ZERO_HEAD ? undefined : report };
}

/**
 * Every emergency access of a hospital or of a patient, newest first: as many as the contract counted, and each as it stores it.
 * Throws `EMERGENCIES_INCOMPLETE` when a node withholds one, and `CHAIN_FAILED`.
 */
export async function readEmergencies(
  chain: Chain,
  of: { hospital: number } | { patient: Address },
): Promise<Emergency[]> {
  const blockNumber = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { consent: address } = chain.deployment;
  const [opened, count] = await Promise.all([
    readLogs(chain, { address, event: OPENED, args: { ...of }, toBlock: blockNumber }),
    countOf(chain, of, blockNumber),
  ]);
  const distinct = new Set(opened.map(({ args }) => `${args.hospital}|${args.number}`));
  if (distinct.size !== count) throw incomplete({ counted: count, found: distinct.size });
  return (await Promise.all(opened.map((log) => checked(chain, log, blockNumber)))).reverse();
}

/** One emergency. Throws `EMERGENCY_UNKNOWN`, and what `readEmergencies` throws. */
export async function readEmergency(chain: Chain, hospital: number, number: number): Promise<Emergency> {
  const found = (await readEmergencies(chain, { hospital })).find((emergency) => emergency.number === number);
  if (found !== undefined) return found;
  throw new ChartkeyError("EMERGENCY_UNKNOWN", `There is no emergency access ${number} at hospital ${hospital}.`);
}

/** Whether an emergency lets its doctor read at a moment in Unix seconds; a change of his standing can end it before. */
export function isOpen({ end }: Emergency, now: number): boolean {
  return now < end;
}
