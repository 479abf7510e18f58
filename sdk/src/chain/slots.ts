import type { Address } from "viem";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import type { Chain } from "./connection.ts";
import { slotStart } from "./visits.ts";

/** A quarter of an hour that can be booked. */
export interface FreeSlot {
  /** Days since 1970-01-01 UTC. */
  day: number;
  /** Quarter of an hour from 00:00 UTC, 0 to 95. */
  slot: number;
  /** Unix seconds. */
  start: number;
  /** What the visit costs, in gwei. */
  feeGwei: bigint;
}

/** Consecutive days of a doctor. */
export interface DoctorDays {
  hospital: number;
  doctor: Address;
  firstDay: number;
  days: number;
}

/** A doctor's day as the contract has it: bitmaps of quarters, and the fee in gwei. */
async function readDay(chain: Chain, { hospital, doctor }: Pick<DoctorDays, "hospital" | "doctor">, day: number) {
  const [open, taken, feeGwei] = await chain.client.readContract({
    address: chain.deployment.appointments,
    abi: appointmentsAbi,
    functionName: "dayOf",
    args: [hospital, doctor, day],
  });
  return { day, open, taken, feeGwei };
}

function readDays(chain: Chain, query: DoctorDays) {
  return Promise.all(Array.from({ length: query.days }, (_, offset) => readDay(chain, query, query.firstDay + offset)));
}

function slotsIn(bitmap: bigint): number[] {
  return Array.from({ length: 96 }, (_, slot) => slot).filter((slot) => ((bitmap >> BigInt(slot)) & 1n) === 1n);
}

/** What a visit of a doctor costs on a day that he offers, in gwei. */
export async function readFee(
  chain: Chain,
  visit: { hospital: number; doctor: Address; day: number },
): Promise<bigint> {
  return (await readDay(chain, visit, visit.day)).feeGwei;
}

/** Free slots of a doctor from `firstDay` that begin after `now` (Unix seconds). */
export async function readFreeSlots(chain: Chain, query: DoctorDays & { now: number }): Promise<FreeSlot[]> {
  const days = await readDays(chain, query);
  return days
    .flatMap(({ day, open, taken, feeGwei }) =>
      slotsIn(open & ~taken).map((slot): FreeSlot => ({ day, slot, start: slotStart(day, slot), feeGwei })),
    )
    .filter(({ start }) => start > query.now);
}

/** What a doctor offers on a day. */
export interface OfferedDay {
  /** Days since 1970-01-01 UTC. */
  day: number;
  /** Open quarters, booked ones included, ascending. */
  slots: number[];
  /** What a visit costs, in gwei. */
  feeGwei: bigint;
}

/** What a doctor offers on consecutive days. */
export async function readOffer(chain: Chain, query: DoctorDays): Promise<OfferedDay[]> {
  return (await readDays(chain, query)).map(({ day, open, feeGwei }) => ({ day, slots: slotsIn(open), feeGwei }));
}
