import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  EMERGENCY_TERM,
  type Session,
  type UnlockedSession,
  canRead,
  claim,
  confirmMember,
  consentRegistryAbi,
  createHospital,
  endEmergency,
  fromUtf8,
  invite,
  openEmergency,
  publishRecord,
  readEmergencies,
  readEmergency,
  readHospital,
  readJustification,
  readReport,
  readReviewed,
  readReviewers,
  readTimeline,
  reviewEmergency,
  setAccreditation,
  setMemberActive,
  setReviewer,
  utf8,
} from "@chartkey/sdk";
import { type Hex, createPublicClient, custom, encodeEventTopics } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { shiftedDate } from "./support/shifted-date.ts";

/** A doctor reads without a grant, in the open: counted, told, ended by the patient, reviewed afterwards. */

const addressOf = ({ wallet }: Session) => wallet.account.address;
const DAY = 86_400;
const REASON = "Found unconscious in the waiting room; allergies needed before anaesthesia.";
const REPORT = "Called by the ward, ended by the patient. In order.";

let dataDir: string;
let stack: Stack;
let admin: UnlockedSession;
let doctors: UnlockedSession[];
let patient: UnlockedSession;
let reviewer: UnlockedSession;
let stranger: UnlockedSession;
/** Days pass here, and sessions at the store end with them. */
let ahead = 0;

async function admit(session: UnlockedSession, name: string, confirmedBy = admin): Promise<void> {
  await claim(session, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account: addressOf(session), name, role: "doctor", speciality: 2 } as const;
  await confirmMember(confirmedBy, await readHospital(admin.chain, 1), addressOf(session), staff);
}

beforeAll(async () => {
  vi.stubGlobal(
    "Date",
    shiftedDate(() => ahead),
  );
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-emergencies-"));
  stack = await startTestStack({ dataDir });
  admin = await unlockedActor(stack, 1);
  doctors = [];
  for (const index of [2, 5, 6, 7]) doctors.push(await unlockedActor(stack, index));
  [patient, reviewer, stranger] = [
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 8),
    await unlockedActor(stack, 9),
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  for (const [index, doctor] of doctors.entries()) await admit(doctor, `Dr ${index}`);
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  await publishRecord(patient, addressOf(patient), {
    category: 7,
    meta: { contentType: "text/plain" },
    data: utf8("HbA1c 7.1"),
  });
}, 180_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const openFor = (doctor: Session, more: Partial<Parameters<typeof openEmergency>[1]> = {}) =>
  openEmergency(doctor, { patient: addressOf(patient), hospital: 1, categories: [4, 5, 7], reason: REASON, ...more });
/** By the store, or by the key alone where a store has no gate. */
const unreadable = { code: expect.stringMatching(/^(STORE_FORBIDDEN|STORE_NOT_FOUND|NO_ACCESS)$/) as string };
const newest = async () => (await readEmergencies(patient.chain, { patient: addressOf(patient) }))[0]!;

describe("opening", () => {
  it("P28 is refused without a reason, to strangers, for strangers, and to the newly appointed", async () => {
    await expect(openFor(doctors[0]!, { reason: "  " })).rejects.toMatchObject({ code: "LETTER_EMPTY" });
    await expect(openFor(doctors[0]!, { reason: "x".repeat(4001) })).rejects.toMatchObject({ code: "LETTER_TOO_LONG" });
    await expect(openFor(stranger)).rejects.toMatchObject({ code: "REVERT_BreakGlass_NotDoctor" });
    await expect(openFor(doctors[0]!)).rejects.toMatchObject({ code: "REVERT_BreakGlass_AppointedTooRecently" });
    const coolDown = { address: patient.chain.deployment.consent, abi: consentRegistryAbi } as const;
    ahead += 1000 * (await patient.chain.client.readContract({ ...coolDown, functionName: "emergencyCoolDown" }));
    await expect(openFor(doctors[0]!, { patient: addressOf(stranger) })).rejects.toMatchObject({
      code: "REVERT_BreakGlass_NotEnrolled",
    });
    await expect(openFor(doctors[0]!, { categories: [] })).rejects.toMatchObject({
      code: "REVERT_BreakGlass_InvalidScope",
    });
  });

  it("appoints a reviewer as an admin alone", async () => {
    const account = addressOf(reviewer);
    await expect(setReviewer(stranger, 1, { account, appointed: true })).rejects.toMatchObject({
      code: "REVERT_Hospital_OnlyAdmin",
    });
    await setReviewer(admin, 1, { account, appointed: true });
    const { address } = await readHospital(admin.chain, 1);
    expect(await readReviewers(admin.chain, address)).toEqual([account]);
    expect((await readReviewed(admin.chain, account)).map(({ id }) => id)).toEqual([1]);
  });

  it("P27 P31 is told to patient and hospital with the reason, lets the store hand out, and opens no key", async () => {
    const { number, end } = await openFor(doctors[0]!);
    const emergency = await newest();
    expect(emergency).toMatchObject({
      ...{ hospital: 1, number, end, patient: addressOf(patient), doctor: addressOf(doctors[0]!) },
      ...{ categories: (1 << 4) | (1 << 5) | (1 << 7), outcome: "none", review: undefined },
    });
    expect(emergency.end - emergency.openedAt).toBe(EMERGENCY_TERM);
    for (const reader of [patient, reviewer, admin, doctors[0]!])
      expect(await readJustification(reader, emergency)).toBe(REASON);
    await expect(readJustification(stranger, emergency)).rejects.toMatchObject(unreadable);
    await expect(readJustification(doctors[1]!, emergency)).rejects.toMatchObject(unreadable);
    expect(await canRead(patient.chain, addressOf(patient), addressOf(doctors[0]!), 7)).toBe(true);
    const { entries } = await readTimeline(doctors[0]!, addressOf(patient));
    expect(entries.flatMap(({ records }) => records.map(({ data }) => fromUtf8(data)))).toEqual([]);
    await expect(
      publishRecord(doctors[0]!, addressOf(patient), {
        category: 7,
        meta: { contentType: "text/plain" },
        data: utf8("x"),
      }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(STORE_FORBIDDEN|REVERT_RecordRegistry_NoAccess)$/) as string,
    });
  });

  it("says that another's words were taken: a letter opens only as its author's", async () => {
    const emergency = await newest();
    await expect(readJustification(patient, { ...emergency, doctor: addressOf(doctors[1]!) })).rejects.toMatchObject({
      code: "CRYPTO_OPEN_FAILED",
    });
  });
});

describe("ending and reviewing", () => {
  it("P30 is ended by the patient at once, by nobody else, and stays on the list", async () => {
    await expect(
      endEmergency({ ...stranger, account: addressOf(patient) }, addressOf(doctors[0]!)),
    ).rejects.toMatchObject({ code: "REVERT_BreakGlass_NotActor" });
    await expect(reviewEmergency(reviewer, await newest(), "justified", REPORT)).rejects.toMatchObject({
      code: "REVERT_BreakGlass_StillOpen",
    });
    await endEmergency(patient, addressOf(doctors[0]!));
    expect(await canRead(patient.chain, addressOf(patient), addressOf(doctors[0]!), 7)).toBe(false);
    const ended = await newest();
    expect(ended.end).toBeLessThan(ended.openedAt + EMERGENCY_TERM);
    await expect(openFor(doctors[0]!)).rejects.toMatchObject({ code: "REVERT_BreakGlass_TooSoon" });
  });

  it("P32 is judged once, by a reviewer who is not the doctor, with a report for the patient", async () => {
    const emergency = await newest();
    await expect(reviewEmergency(stranger, emergency, "justified", "")).rejects.toMatchObject({
      code: "REVERT_BreakGlass_NotReviewer",
    });
    await setReviewer(admin, 1, { account: addressOf(doctors[0]!), appointed: true });
    await expect(reviewEmergency(doctors[0]!, emergency, "justified", "")).rejects.toMatchObject({
      code: "REVERT_BreakGlass_NotReviewer",
    });
    await setReviewer(admin, 1, { account: addressOf(doctors[0]!), appointed: false });
    await reviewEmergency(reviewer, emergency, "questioned", REPORT);
    await expect(reviewEmergency(reviewer, emergency, "justified", "")).rejects.toMatchObject({
      code: "REVERT_BreakGlass_AlreadyReviewed",
    });
    const reviewed = await readEmergency(patient.chain, 1, emergency.number);
    expect(reviewed).toMatchObject({ outcome: "questioned", review: { reviewer: addressOf(reviewer) } });
    for (const reader of [patient, reviewer, admin]) expect(await readReport(reader, reviewed)).toBe(REPORT);
  });

  it("P29 three in 24 hours are the hospital's most, whoever opens them", async () => {
    await openFor(doctors[1]!);
    await openFor(doctors[2]!);
    await expect(openFor(doctors[3]!)).rejects.toMatchObject({ code: "REVERT_BreakGlass_HospitalCap" });
    ahead += DAY * 1000;
    await openFor(doctors[3]!);
    expect((await readEmergencies(patient.chain, { hospital: 1 })).map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it("P14 P29 ends at its end, and with the doctor's suspension", async () => {
    const reader = (index: number) => canRead(patient.chain, addressOf(patient), addressOf(doctors[index]!), 4);
    expect([await reader(1), await reader(3)]).toEqual([false, true]);
    const hospital = await readHospital(admin.chain, 1);
    await setMemberActive(admin, hospital, addressOf(doctors[3]!), false);
    expect(await reader(3)).toBe(false);
  });

  it("P32 lets the hospital's reception read what was written before a reviewer was appointed", async () => {
    const { address } = await readHospital(admin.chain, 1);
    await setReviewer(admin, 1, { account: addressOf(reviewer), appointed: false });
    ahead += DAY * 1000;
    await openFor(doctors[0]!);
    await setReviewer(admin, 1, { account: addressOf(reviewer), appointed: true });
    expect(await readReviewers(admin.chain, address)).toEqual([addressOf(reviewer)]);
    expect(await readJustification(admin, await newest())).toBe(REASON);
    await expect(readJustification(reviewer, await newest())).rejects.toMatchObject(unreadable);
  });

  it("P27 is noticed when a node withholds one", async () => {
    const [opened] = encodeEventTopics({ abi: consentRegistryAbi, eventName: "EmergencyOpened" });
    const request = async (asked: { method: string; params?: unknown }) => {
      const result = await patient.chain.client.request(asked as never);
      if (asked.method !== "eth_getLogs") return result;
      const logs = result as { topics: Hex[] }[];
      return logs.filter(({ topics }, index) => topics[0] !== opened || index > 0);
    };
    const liar = { ...patient.chain, client: createPublicClient({ transport: custom({ request }) }) };
    const refused = { code: "EMERGENCIES_INCOMPLETE" };
    await expect(readEmergencies(liar, { patient: addressOf(patient) })).rejects.toMatchObject(refused);
    await expect(readEmergencies(liar, { hospital: 1 })).rejects.toMatchObject(refused);
    await expect(readEmergency(patient.chain, 1, 99)).rejects.toMatchObject({ code: "EMERGENCY_UNKNOWN" });
  });
});
