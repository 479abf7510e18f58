import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type UnlockedSession,
  type Visit,
  advanceVisit,
  bookAppointment,
  cancelVisit,
  cancellationCost,
  claim,
  confirmMember,
  createHospital,
  expireVisit,
  invite,
  markNoShow,
  mayMove,
  openRequest,
  publishAvailability,
  readFeeAccount,
  readFreeSlots,
  readHospital,
  readVisits,
  rescheduleVisit,
  setAccreditation,
  utf8,
  withdrawFees,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Visits with a fee through all their ends, on a clock that is put forward. */

const FHIR = { contentType: "application/fhir+json" };
const GWEI = 10n ** 9n;
const FEE = 2_000_001n;
const HOUR = 3600;
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const wrongTime = { code: "REVERT_Appointments_WrongTime" };

let dataDir: string;
let stack: Stack;
let doctor: UnlockedSession;
let patient: UnlockedSession;
/** First day of the doctor's hours: three days ahead. */
let firstDay: number;

/** Chain and test share a clock, since they share a process. */
let ahead = 0;
const realNow = Date.now.bind(Date);
const now = () => Math.floor(Date.now() / 1000);
function moveTo(seconds: number): void {
  ahead = seconds * 1000 - realNow();
}

const balanceOf = async (session: UnlockedSession) => (await readFeeAccount(session.chain, addressOf(session))).balance;
const escrowed = () => patient.chain.client.getBalance({ address: patient.chain.deployment.appointments });

async function book(slot: number, feeGwei?: bigint): Promise<Visit> {
  const booking = { hospital: 1, doctor: addressOf(doctor), day: firstDay, slot };
  const own = feeGwei === undefined ? booking : { ...booking, feeGwei };
  const { feeGwei: paid } = await bookAppointment(patient, own, FHIR, utf8('{"symptom":"thirst"}'));
  expect(paid).toBe(FEE);
  return visitAt(slot);
}

async function visitAt(slot: number, day = firstDay): Promise<Visit> {
  const visits = await readVisits(patient.chain, { patient: addressOf(patient) });
  return visits.findLast((visit) => visit.slot === slot && visit.day === day)!;
}

beforeAll(async () => {
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-visits-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient] = [await unlockedActor(stack, 2), await unlockedActor(stack, 3)];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Okafor" });
  const staff = { account: addressOf(doctor), name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  firstDay = Math.floor(now() / 86_400) + 3;
  const open = Array.from({ length: 2 }, () => Array.from({ length: 16 }, (_, index) => 40 + index));
  await publishAvailability(doctor, { hospital: 1, firstDay, open, feeGwei: FEE });
});

afterAll(async () => {
  vi.restoreAllMocks();
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("a visit with a fee", () => {
  it("says its fee before it is booked, and costs exactly that", async () => {
    const query = { hospital: 1, doctor: addressOf(doctor), firstDay, days: 1, now: now() };
    const [first] = await readFreeSlots(patient.chain, query);
    expect(first).toMatchObject({ day: firstDay, slot: 40, feeGwei: FEE });
    expect(await book(40, first!.feeGwei)).toMatchObject({ state: "requested", feeGwei: FEE });
    expect(await escrowed()).toBe(FEE * GWEI);
    await expect(book(41, FEE - 1n)).rejects.toMatchObject({ code: "REVERT_Appointments_WrongFee" });
    expect(await readFeeAccount(patient.chain, addressOf(patient))).toEqual({ balance: 0n, bookings: 1, requests: 1 });
  });

  it("comes back whole when a request is withdrawn", async () => {
    await cancelVisit(patient, await visitAt(40));
    expect(await visitAt(40)).toMatchObject({ state: "cancelled" });
    expect(await balanceOf(patient)).toBe(FEE * GWEI);
    const before = await patient.chain.client.getBalance({ address: addressOf(doctor) });
    expect(await withdrawFees(patient, addressOf(doctor))).toBe(FEE * GWEI);
    expect(await patient.chain.client.getBalance({ address: addressOf(doctor) })).toBe(before + FEE * GWEI);
    expect(await withdrawFees(patient)).toBe(0n);
  });

  it("moves with the visit, and with what was written", async () => {
    await advanceVisit(doctor, await book(42), "confirm");
    const from = await visitAt(42);
    expect(mayMove(from, "reschedule", now())).toBe(true);
    await rescheduleVisit(patient, from, { day: firstDay + 1, slot: 43 });
    expect(await visitAt(42)).toMatchObject({ state: "rescheduled" });
    const moved = await visitAt(43, firstDay + 1);
    expect(moved).toMatchObject({ state: "requested", feeGwei: FEE });
    expect(await openRequest(doctor, moved)).toEqual({ symptom: "thirst" });
    expect(await balanceOf(patient)).toBe(0n);
    await advanceVisit(doctor, moved, "decline");
    expect(await withdrawFees(patient)).toBe(FEE * GWEI);
  });
});

describe("a visit that is confirmed at the last moment", () => {
  it("is left without cost, and an answer to it falls on no later booking", async () => {
    const soon = now() + 23 * HOUR;
    const [day, slot] = [Math.floor(soon / 86_400), Math.floor((soon % 86_400) / 900)];
    await publishAvailability(doctor, { hospital: 1, firstDay: day, open: [[slot]], feeGwei: FEE });
    const booking = { hospital: 1, doctor: addressOf(doctor), day, slot };
    await bookAppointment(patient, booking, FHIR, utf8("{}"));
    await advanceVisit(doctor, await visitAt(slot, day), "confirm");
    const visit = await visitAt(slot, day);
    expect([visit.hurried, cancellationCost(visit, now())]).toEqual([true, 0n]);
    expect([mayMove(visit, "start", now()), mayMove(visit, "reschedule", now())]).toEqual([false, true]);
    await expect(advanceVisit(doctor, visit, "start")).rejects.toMatchObject(wrongTime);
    await cancelVisit(patient, visit);
    await bookAppointment(patient, booking, FHIR, utf8("{}"));
    const wrongRound = { code: "REVERT_Appointments_WrongRound" };
    for (const step of ["confirm", "decline"] as const)
      await expect(advanceVisit(doctor, visit, step)).rejects.toMatchObject(wrongRound);
    for (const session of [doctor, patient])
      await expect(cancelVisit(session, visit)).rejects.toMatchObject(wrongRound);
    await cancelVisit(patient, await visitAt(slot, day));
    expect(await withdrawFees(patient)).toBe(2n * FEE * GWEI);
  });
});

describe("a confirmed visit when its time comes", () => {
  let [treated, missed, late, forgotten]: Visit[] = [];

  beforeAll(async () => {
    for (const slot of [44, 45, 46, 47]) await advanceVisit(doctor, await book(slot), "confirm");
    await book(48);
    [treated, missed, late, forgotten] = await Promise.all([44, 45, 46, 47].map((slot) => visitAt(slot)));
  });

  it("begins from an hour before, and not sooner", async () => {
    moveTo(treated!.start - HOUR - 30);
    expect(mayMove(treated!, "start", now())).toBe(false);
    await expect(advanceVisit(doctor, treated!, "start")).rejects.toMatchObject(wrongTime);
    moveTo(treated!.start - HOUR);
    expect(mayMove(treated!, "start", now())).toBe(true);
    await advanceVisit(doctor, treated!, "start");
    const started = await visitAt(44);
    expect(mayMove(started, "complete", now())).toBe(false);
    await expect(advanceVisit(doctor, started, "complete")).rejects.toMatchObject(wrongTime);
    moveTo(started.start);
    await advanceVisit(doctor, started, "complete");
    expect(await visitAt(44)).toMatchObject({ state: "completed" });
    expect(await balanceOf(doctor)).toBe(FEE * GWEI);
  });

  it("costs the patient half when he cancels less than a day ahead, the odd gwei being his", async () => {
    expect(mayMove(late!, "reschedule", now())).toBe(false);
    await expect(rescheduleVisit(patient, late!, { day: firstDay + 1, slot: 50 })).rejects.toMatchObject(wrongTime);
    expect(late!.hurried).toBe(false);
    expect(cancellationCost(late!, now())).toBe(FEE / 2n);
    await cancelVisit(patient, late!);
    expect(await balanceOf(patient)).toBe((FEE / 2n + 1n) * GWEI);
    expect(await balanceOf(doctor)).toBe((FEE + FEE / 2n) * GWEI);
  });

  it("can be missed, from a quarter of an hour after it began", async () => {
    moveTo(missed!.start + 14 * 60);
    await expect(markNoShow(doctor, missed!)).rejects.toMatchObject(wrongTime);
    moveTo(missed!.start + 15 * 60);
    await markNoShow(doctor, missed!);
    expect(await visitAt(45)).toMatchObject({ state: "noShow" });
    expect(await withdrawFees(doctor)).toBe((2n * FEE + FEE / 2n) * GWEI);
  });

  it("expires with a refund, as does a request that nobody answered", async () => {
    const request = await visitAt(48);
    moveTo(request.start);
    await expect(expireVisit(doctor, forgotten!)).rejects.toMatchObject(wrongTime);
    await expect(advanceVisit(doctor, request, "confirm")).rejects.toMatchObject(wrongTime);
    await expireVisit(doctor, request);
    moveTo(forgotten!.start + 24 * HOUR);
    await expect(advanceVisit(doctor, forgotten!, "start")).rejects.toMatchObject(wrongTime);
    await expireVisit(patient, forgotten!);
    expect(await Promise.all([47, 48].map(async (slot) => (await visitAt(slot)).state))).toEqual([
      "expired",
      "expired",
    ]);
    expect(await withdrawFees(patient)).toBe((2n * FEE + FEE / 2n + 1n) * GWEI);
    expect(await escrowed()).toBe(0n);
  });
});
