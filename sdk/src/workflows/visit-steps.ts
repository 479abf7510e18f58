import { type Address, parseEventLogs } from "viem";
import { transact } from "../chain/transact.ts";
import type { Visit } from "../chain/visits.ts";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import { type OnPhase, type Session, accountOf, sameAddress, signerOf, watch } from "./session.ts";

/** What a doctor does with a visit. */
export type VisitStep = "confirm" | "decline" | "start" | "complete";

function appointmentsOf({ chain }: Session) {
  return { address: chain.deployment.appointments, abi: appointmentsAbi } as const;
}

async function sendAsDoctor(
  session: Session,
  { hospital, day, slot, round }: Visit,
  step: VisitStep | "markNoShow",
  onPhase: OnPhase | undefined,
): Promise<void> {
  const appointments = appointmentsOf(session);
  // An answer is for the booking that was seen, and for no later one of the same quarter.
  const call =
    step === "confirm" || step === "decline"
      ? ({ ...appointments, functionName: step, args: [hospital, day, slot, round] } as const)
      : ({ ...appointments, functionName: step, args: [hospital, day, slot] } as const);
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Moves a visit on, as its doctor. Throws `REVERT_Appointments_WrongTime` outside of `mayMove`, `REVERT_Appointments_WrongRound` when the
 * quarter was booked anew meanwhile, `REVERT_Appointments_NotActive` when doctor or patient may not meet, and what `transact` throws.
 */
export function advanceVisit(session: Session, visit: Visit, step: VisitStep, onPhase?: OnPhase): Promise<void> {
  return sendAsDoctor(session, visit, step, onPhase);
}

/**
 * Says, as the doctor, that the patient did not come: from 15 minutes after the visit begins until 24 hours after. The doctor earns the fee,
 * or nothing of a hurried visit.
 */
export function markNoShow(session: Session, visit: Visit, onPhase?: OnPhase): Promise<void> {
  return sendAsDoctor(session, visit, "markNoShow", onPhase);
}

/** Cancels a visit, as its patient or doctor; the time is free again. Throws `REVERT_Appointments_WrongRound` as `advanceVisit` does. */
export async function cancelVisit(session: Session, visit: Visit, onPhase?: OnPhase): Promise<void> {
  const { hospital, doctor, day, slot, round } = visit;
  const args = [hospital, doctor, day, slot, round] as const;
  const call = { ...appointmentsOf(session), functionName: "cancel", args } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/** Ends a visit that nobody ended in time, so that its fee goes where it belongs. Anybody may. */
export async function expireVisit(session: Session, visit: Visit, onPhase?: OnPhase): Promise<void> {
  const { hospital, doctor, day, slot } = visit;
  const call = { ...appointmentsOf(session), functionName: "expire", args: [hospital, doctor, day, slot] } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Moves a visit, as its patient, to another quarter of the same doctor. What was written when booking and the fee go along; the doctor has
 * to confirm it again. Throws `REVERT_Appointments_WrongTime` outside of `mayMove`, and what `transact` throws.
 */
export async function rescheduleVisit(
  session: Session,
  { hospital, doctor, day, slot, request, wraps }: Visit,
  to: { day: number; slot: number },
  onPhase?: OnPhase,
): Promise<void> {
  const booking = { hospital, doctor, day: to.day, slot: to.slot, request, wraps };
  const call = { ...appointmentsOf(session), functionName: "reschedule", args: [day, slot, booking] } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Sends all fees that were credited to the account to `to`, or to the wallet itself.
 * @returns wei; 0 when nothing was credited
 */
export async function withdrawFees(session: Session, to?: Address, onPhase?: OnPhase): Promise<bigint> {
  const args = [accountOf(session), to ?? signerOf(session)] as const;
  const call = { ...appointmentsOf(session), functionName: "withdraw", args } as const;
  const { logs } = await transact(session.chain, session.wallet, call, watch(onPhase));
  // The receiver may be a contract that emits what it likes.
  const own = logs.filter(({ address }) => sameAddress(address, call.address));
  const [withdrawn] = parseEventLogs({ abi: appointmentsAbi, eventName: "Withdrawn", logs: own });
  onPhase?.("done");
  return withdrawn?.args.amount ?? 0n;
}
