import { type Address, type Hex, getAbiItem } from "viem";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";
import { toChainError } from "./reverts.ts";

export const VISIT_STATES = [
  "none",
  "requested",
  "confirmed",
  "started",
  "completed",
  "cancelled",
  "declined",
  "rescheduled",
  "expired",
  "noShow",
] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** A booked quarter of an hour. */
export interface Visit {
  id: Hex;
  hospital: number;
  doctor: Address;
  patient: Address;
  /** Days since 1970-01-01 UTC. */
  day: number;
  /** Quarter of an hour from 00:00 UTC, 0 to 95. */
  slot: number;
  round: number;
  state: VisitState;
  /**
   * Confirmed less than 25 hours before it begins: the patient cancels it without cost until then, and a no-show earns the doctor nothing.
   * False unless it is confirmed.
   */
  hurried: boolean;
  /** What was paid when booking, in gwei; 0 for nothing. A visit that was moved takes it along. */
  feeGwei: bigint;
  /** Digests of the encrypted request and its wraps document; zero when there is none. */
  request: Hex;
  wraps: Hex;
  /** Start in Unix seconds. */
  start: number;
}

const BOOKED = getAbiItem({ abi: appointmentsAbi, name: "Booked" });
const VISIT_CHANGED = getAbiItem({ abi: appointmentsAbi, name: "VisitChanged" });

/** Start of a slot in Unix seconds. */
export function slotStart(day: number, slot: number): number {
  return day * 86_400 + slot * 900;
}

/** The contract notes at the confirmation whether it came late; the logs say it only by the time of their block. */
async function withHurry(chain: Chain, visit: Visit, blockNumber: bigint): Promise<Visit> {
  if (visit.state !== "confirmed") return visit;
  try {
    const [, , , round, , hurried] = await chain.client.readContract({
      address: chain.deployment.appointments,
      abi: appointmentsAbi,
      functionName: "visitOf",
      args: [visit.hospital, visit.doctor, visit.day, visit.slot],
      blockNumber,
    });
    return { ...visit, hurried: round === visit.round && hurried };
  } catch (cause) {
    throw toChainError(cause);
  }
}

/** All visits of a doctor or a patient, newest state, in the order of their start. */
export async function readVisits(chain: Chain, of: { doctor: Address } | { patient: Address }): Promise<Visit[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const address = chain.deployment.appointments;
  const booked = await readLogs(chain, { address, event: BOOKED, args: { ...of }, toBlock });
  if (booked.length === 0) return [];
  const ids = [...new Set(booked.map(({ args }) => args.visitId))];
  const changes = await readLogs(chain, { address, event: VISIT_CHANGED, args: { visitId: ids }, toBlock });
  const states = new Map(
    changes.map(({ args }) => [`${args.visitId}|${args.round}`, VISIT_STATES[args.state] ?? "none"]),
  );
  const visits = booked
    .map(({ args }): Visit => {
      const { visitId: id, hospital, doctor, patient, day, slot, round, fee: feeGwei, request, wraps } = args;
      const state = states.get(`${id}|${round}`) ?? "requested";
      const place = { id, hospital, doctor, patient, day, slot, round, start: slotStart(day, slot) };
      return { ...place, state, hurried: false, feeGwei, request, wraps };
    })
    .sort((left, right) => left.start - right.start);
  return Promise.all(visits.map((visit) => withHurry(chain, visit, toBlock)));
}

/** What Appointments holds for an account. */
export interface FeeAccount {
  /** What can be withdrawn, in wei. */
  balance: bigint;
  /** How many visits it ever asked for, and how many of them wait for an answer (12 at most). */
  bookings: number;
  requests: number;
}

export async function readFeeAccount(chain: Chain, account: Address): Promise<FeeAccount> {
  const [balance, bookings, requests] = await chain.client.readContract({
    address: chain.deployment.appointments,
    abi: appointmentsAbi,
    functionName: "accountOf",
    args: [account],
  });
  return { balance, bookings, requests };
}
