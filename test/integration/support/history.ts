import {
  type Session,
  type UnlockedSession,
  advanceVisit,
  appointDelegate,
  bookAppointment,
  cancelVisit,
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  publishAvailability,
  publishBatch,
  publishRecord,
  readConsent,
  readHospital,
  readMandates,
  readMembers,
  readVisits,
  removeDelegate,
  revokeAccess,
  setAccreditation,
  setMemberActive,
  utf8,
} from "@chartkey/sdk";
import type { Address } from "viem";
import { actor, unlockedActor } from "../../../scripts/lib/actor.ts";
import type { Stack } from "../../support/stack.ts";

/** Who takes part in a history of one hospital. */
export interface Cast {
  admin: UnlockedSession;
  doctors: UnlockedSession[];
  patients: UnlockedSession[];
  delegate: Session;
  /** Who claim an invitation one after the other. */
  newcomers: Session[];
}

/** A number from 0 to `below` - 1. */
export type Dice = (below: number) => number;

/** Mulberry32: the same numbers for the same seed. */
export function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const DAY = 86_400;
const FHIR = { contentType: "application/fhir+json" };
const addressOf = ({ wallet }: Session): Address => wallet.account.address;
const now = () => Math.floor(Date.now() / 1000);
const draft = (dice: Dice) => ({ category: 1 + dice(9), meta: FHIR, data: utf8(`{"n":${dice(1000)}}`) });
const scope = (dice: Dice) => Array.from({ length: 9 }, (_, index) => index + 1).filter(() => dice(2) === 0);

/** A hospital with two doctors, of whom the first has hours, and two patients. */
export async function openHospital(stack: Stack): Promise<Cast> {
  const admin = await unlockedActor(stack, 1);
  const doctors = [await unlockedActor(stack, 2), await unlockedActor(stack, 3)];
  const patients = [await unlockedActor(stack, 4), await unlockedActor(stack, 5)];
  const [delegate, ...newcomers] = await Promise.all([6, 7, 8, 9].map((index) => actor(stack, index)));
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  for (const doctor of doctors) {
    const staff = { account: addressOf(doctor), name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
    await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: staff.name });
    await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
  }
  for (const patient of patients) await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  const open = Array.from({ length: 2 }, () => Array.from({ length: 40 }, (_, index) => 32 + index));
  await publishAvailability(doctors[0]!, { hospital: 1, firstDay: Math.floor(now() / DAY) + 3, open });
  return { admin, doctors, patients, delegate: delegate!, newcomers };
}

type Step = (cast: Cast, dice: Dice) => Promise<void>;

const one = <item>(items: item[], dice: Dice): item => items[dice(items.length)]!;

const record: Step = async ({ patients }, dice) => {
  const patient = one(patients, dice);
  await publishRecord(patient, addressOf(patient), draft(dice));
};

/** What may happen; a step for which there is no occasion writes a record. */
export const STEPS: Readonly<Record<string, Step>> = {
  record,
  batch: async ({ patients }, dice) => {
    const patient = one(patients, dice);
    const drafts = Array.from({ length: 2 + dice(3) }, () => draft(dice));
    await publishBatch(patient, addressOf(patient), drafts);
  },
  claim: async (cast, dice) => {
    const newcomer = cast.newcomers.shift();
    if (newcomer === undefined) return record(cast, dice);
    await claim(newcomer, await invite(cast.admin, 1, { role: "patient" }), { name: "Rohan" });
  },
  grant: async ({ admin, doctors, patients }, dice) => {
    const members = await readMembers(admin.chain, { id: 1 });
    const active = members.filter(({ role, status }) => role === "doctor" && status === "active");
    const grantee = active.length === 0 ? addressOf(doctors[0]!) : one(active, dice).account;
    const read = [1 + dice(9)];
    const terms = { grantee, hospital: 1, read, write: scope(dice), expiry: now() + (1 + dice(30)) * DAY };
    await grantAccess(one(patients, dice), terms);
  },
  revoke: async (cast, dice) => {
    const patient = one(cast.patients, dice);
    const { grants } = await readConsent(patient.chain, addressOf(patient));
    if (grants.length === 0) return record(cast, dice);
    await revokeAccess(patient, one(grants, dice).grantee);
  },
  suspend: async ({ admin, doctors }) => {
    // The first doctor stays active: somebody has to be there for grants and visits.
    const account = addressOf(doctors[1]!);
    const member = (await readMembers(admin.chain, { account })).find(({ hospital }) => hospital === 1);
    await setMemberActive(admin, await readHospital(admin.chain, 1), account, member?.status === "suspended");
  },
  delegate: async ({ patients, delegate }, dice) => {
    const patient = one(patients, dice);
    const account = addressOf(delegate);
    const mandates = await readMandates(patient.chain, { patient: addressOf(patient) });
    if (mandates.length > 0) return removeDelegate(patient, account);
    await appointDelegate(patient, { delegate: account, actions: ["revoke", "book"], expiry: now() + 30 * DAY });
  },
  visit: async ({ doctors, patients }, dice) => {
    const [doctor, patient] = [doctors[0]!, one(patients, dice)];
    const visits = await readVisits(patient.chain, { doctor: addressOf(doctor) });
    const pending = visits.find(({ state }) => state === "requested");
    const confirmed = visits.find(({ state }) => state === "confirmed");
    if (pending !== undefined && dice(2) === 0) return advanceVisit(doctor, pending, one(["confirm", "decline"], dice));
    if (confirmed !== undefined && dice(2) === 0) return cancelVisit(doctor, confirmed);
    const day = Math.floor(now() / DAY) + 4;
    const slot = Array.from({ length: 40 }, (_, index) => 32 + index).find(
      (free) => !visits.some((visit) => visit.day === day && visit.slot === free),
    )!;
    await bookAppointment(patient, { hospital: 1, doctor: addressOf(doctor), day, slot }, FHIR, utf8("{}"));
  },
};
