import { type Address, type Hex, getAbiItem } from "viem";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";

export const VISIT_STATES = [
  "none",
  "requested",
  "confirmed",
  "started",
  "completed",
  "cancelled",
  "declined",
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
  return booked
    .map(({ args }): Visit => {
      const { visitId: id, hospital, doctor, patient, day, slot, round, request, wraps } = args;
      const state = states.get(`${id}|${round}`) ?? "requested";
      return { id, hospital, doctor, patient, day, slot, round, state, request, wraps, start: slotStart(day, slot) };
    })
    .sort((left, right) => left.start - right.start);
}

/** Free slots of a doctor from `firstDay`, each with its day, in Unix seconds after `now`. */
export async function readFreeSlots(
  chain: Chain,
  query: { hospital: number; doctor: Address; firstDay: number; days: number; now: number },
): Promise<{ day: number; slot: number; start: number }[]> {
  const { hospital, doctor, firstDay, days, now } = query;
  const read = async (day: number) => {
    const [open, taken] = await chain.client.readContract({
      address: chain.deployment.appointments,
      abi: appointmentsAbi,
      functionName: "dayOf",
      args: [hospital, doctor, day],
    });
    const free = open & ~taken;
    return Array.from({ length: 96 }, (_, slot) => ({ day, slot, start: slotStart(day, slot) })).filter(
      ({ slot, start }) => ((free >> BigInt(slot)) & 1n) === 1n && start > now,
    );
  };
  return (await Promise.all(Array.from({ length: days }, (_, offset) => read(firstDay + offset)))).flat();
}

/** The open quarters of a doctor's consecutive days, booked ones included: for each day its slots, ascending. */
export async function readOpenSlots(
  chain: Chain,
  query: { hospital: number; doctor: Address; firstDay: number; days: number },
): Promise<number[][]> {
  const { hospital, doctor, firstDay, days } = query;
  const read = async (day: number) => {
    const [open] = await chain.client.readContract({
      address: chain.deployment.appointments,
      abi: appointmentsAbi,
      functionName: "dayOf",
      args: [hospital, doctor, day],
    });
    return Array.from({ length: 96 }, (_, slot) => slot).filter((slot) => ((open >> BigInt(slot)) & 1n) === 1n);
  };
  return Promise.all(Array.from({ length: days }, (_, offset) => read(firstDay + offset)));
}
