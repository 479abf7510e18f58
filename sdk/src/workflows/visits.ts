import type { Address } from "viem";
import { openPayload, type PayloadMeta } from "../crypto/payload.ts";
import { decodeWraps, unwrapKey } from "../crypto/wraps.ts";
import { ChartkeyError } from "../errors.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { requireKey } from "../chain/directory.ts";
import { readFee } from "../chain/slots.ts";
import { transact } from "../chain/transact.ts";
import type { Visit } from "../chain/visits.ts";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import { rawReference } from "../storage/cid.ts";
import { categoryFile } from "../storage/scope.ts";
import { payloadJson } from "./payload-json.ts";
import { sealAndStore, wrapTarget } from "./seal.ts";
import { type OnPhase, type Session, type UnlockedSession, accountOf, payloadContext, watch } from "./session.ts";

/** Category of what is said at booking. */
const APPOINTMENT = 8;
const WEI_IN_GWEI = 10n ** 9n;

/** What a patient books. */
export interface Booking {
  hospital: number;
  doctor: Address;
  /** Days since 1970-01-01 UTC. */
  day: number;
  /** 0 to 95. */
  slot: number;
  /** What the patient agreed to pay, in gwei; when absent, what the slot costs now. Another fee in the contract refuses the booking. */
  feeGwei?: bigint;
}

/** When a doctor can be visited, and for how much. */
export interface Availability {
  hospital: number;
  /** Days since 1970-01-01 UTC. */
  firstDay: number;
  /** For each day, the slots that are open. */
  open: number[][];
  /** Of each visit of these days, in gwei; 0 when absent. */
  feeGwei?: bigint;
}

/** What a booking cost. */
export interface Booked {
  /** Paid into escrow with the booking, in gwei; 0 for nothing. */
  feeGwei: bigint;
}

/** Replaces a doctor's open quarters of consecutive days (at most 31). */
export async function publishAvailability(
  session: Session,
  { hospital, firstDay, open, feeGwei = 0n }: Availability,
  onPhase?: OnPhase,
): Promise<void> {
  const bitmaps = open.map((slots) => slots.reduce((bits, slot) => bits | (1n << BigInt(slot)), 0n));
  const call = {
    address: session.chain.deployment.appointments,
    abi: appointmentsAbi,
    functionName: "publishAvailability",
    args: [hospital, firstDay, bitmaps, feeGwei],
  } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Books a visit and pays its fee; what the patient writes is sealed to that doctor and to himself.
 * Throws `KEY_MISSING`, `REQUEST_TOO_LARGE`, `REVERT_Appointments_WrongFee`, and what the store and `transact` throw.
 */
export async function bookAppointment(
  session: Session,
  booking: Booking,
  meta: PayloadMeta,
  symptoms: Uint8Array,
  onPhase?: OnPhase,
): Promise<Booked> {
  onPhase?.("checking");
  const { chain } = session;
  const patient = accountOf(session);
  const { hospital, doctor, day, slot, feeGwei = await readFee(chain, booking) } = booking;
  const readers = () => Promise.all([requireKey(chain, patient), requireKey(chain, doctor)]);
  onPhase?.("encrypting");
  const stored = await sealAndStore(session, {
    patient,
    author: patient,
    category: APPOINTMENT,
    meta,
    data: symptoms,
    readers,
    to: doctor,
  });
  onPhase?.("uploading");
  if (stored.codec !== 0)
    throw new ChartkeyError("REQUEST_TOO_LARGE", "Your description is too long. Shorten it to less than a megabyte.");
  const call = {
    address: chain.deployment.appointments,
    abi: appointmentsAbi,
    functionName: "book",
    args: [patient, { hospital, doctor, day, slot, request: stored.digest, wraps: stored.wraps }],
    value: feeGwei * WEI_IN_GWEI,
  } as const;
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
  return { feeGwei };
}

/** What the patient wrote when booking, as JSON; undefined when nothing was left. Throws `NO_ACCESS` and what `openPayload` and the store throw. */
export async function openRequest(session: UnlockedSession, { patient, request, wraps }: Visit): Promise<unknown> {
  if (request === ZERO_HEAD) return undefined;
  const file = categoryFile(patient, APPOINTMENT);
  const document = decodeWraps(await session.store.getDocument(wraps, file));
  const target = wrapTarget(session, patient, patient, request);
  const key = await unwrapKey(document, target, APPOINTMENT, accountOf(session), session.vault.identity);
  if (key === undefined) throw new ChartkeyError("NO_ACCESS", "This request was not written for you.");
  const payload = await session.store.get(rawReference(request), file);
  return payloadJson((await openPayload(key, payloadContext(session, patient, patient, APPOINTMENT), payload)).data);
}
