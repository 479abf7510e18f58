import { getAbiItem } from "viem";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Chain } from "./connection.ts";
import { EMERGENCY_TERM } from "./emergencies.ts";
import { readEntries } from "./ledger.ts";
import { readLogs } from "./logs.ts";

/** What is counted: records (each one of a batch), grants, and emergency accesses. */
export const COUNTED = ["records", "grants", "emergencies"] as const;
export type Counted = (typeof COUNTED)[number];

/** How often each happened in one month at one hospital. */
export interface Tally extends Record<Counted, number> {
  /** Of UTC, as `monthOf` says it: "2026-11". */
  month: string;
  /** 0 for what a patient entered himself. */
  hospital: number;
}

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const OPENED = getAbiItem({ abi: consentRegistryAbi, name: "EmergencyOpened" });

/** Counts what the events of the chain tell, up to a block, by month and hospital; oldest month first. It names nobody. Throws `CHAIN_FAILED`. */
export async function readTallies(chain: Chain, toBlock: bigint): Promise<Tally[]> {
  const { consent: address } = chain.deployment;
  const [entries, granted, opened] = await Promise.all([
    readEntries(chain, undefined, toBlock),
    readLogs(chain, { address, event: GRANTED, toBlock }),
    readLogs(chain, { address, event: OPENED, toBlock }),
  ]);
  const tallies = new Map<string, Tally>();
  const count = (what: Counted, seconds: number, hospital: number, times = 1) => {
    const month = monthOf(seconds);
    const key = `${month}/${hospital}`;
    const tally = tallies.get(key) ?? { month, hospital, records: 0, grants: 0, emergencies: 0 };
    tally[what] += times;
    tallies.set(key, tally);
  };
  for (const { time, hospital, batch } of entries) count("records", time, hospital, batch?.count);
  for (const { args } of granted) count("grants", args.since, args.hospital);
  for (const { args } of opened) count("emergencies", args.end - EMERGENCY_TERM, args.hospital);
  return [...tallies.values()].sort(
    (one, other) => startOf(one.month) - startOf(other.month) || one.hospital - other.hospital,
  );
}

/** The month (UTC) of a time in seconds since 1970. Years after 9999 have a sign and six digits (ECMA-262): "+036812-02". */
export function monthOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().split("-").slice(0, -1).join("-");
}

function startOf(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}
