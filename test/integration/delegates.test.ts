import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Chain,
  type Session,
  type UnlockedSession,
  acceptSuccession,
  appointDelegate,
  auditConsent,
  bookAppointment,
  cancelVisit,
  canRead,
  claim,
  confirmMember,
  consentRegistryAbi,
  createHospital,
  fromUtf8,
  grantAccess,
  grantAsDelegate,
  invite,
  isDelegateSession,
  openRequest,
  proposeSuccessor,
  publishAvailability,
  publishRecord,
  readDelegateActs,
  readHospital,
  readMandates,
  readSuccessionDelay,
  readTimeline,
  readVisits,
  removeDelegate,
  resignMandate,
  revokeAccess,
  setAccreditation,
  utf8,
} from "@chartkey/sdk";
import { type Hex, createPublicClient, custom, encodeEventTopics } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Somebody acts for a patient: on the chain within his mandate, and without any key. */

const TEXT = { contentType: "text/plain" };
const draft = (text: string) => ({ category: 7, meta: TEXT, data: utf8(text) });
const addressOf = ({ wallet }: Session) => wallet.account.address;
const now = () => Math.floor(Date.now() / 1000);
const DAY = 86_400;
const all = ["grant", "revoke", "book"] as const;

let dataDir: string;
let stack: Stack;
let doctor: UnlockedSession;
let patient: UnlockedSession;
let daughter: Session;
let stranger: Session;
/** The daughter, acting for the patient. */
let acting: Session;
let ahead = 0;

beforeAll(async () => {
  const realNow = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-delegates-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient] = [await unlockedActor(stack, 2), await unlockedActor(stack, 3)];
  [daughter, stranger] = [await actor(stack, 6), await actor(stack, 7)];
  acting = { ...daughter, account: addressOf(patient) };
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Okafor" });
  const staff = { account: addressOf(doctor), name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  await publishRecord(patient, addressOf(patient), draft("before"));
});

afterAll(async () => {
  vi.restoreAllMocks();
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const terms = (expiry = now() + 3600) => ({ grantee: addressOf(doctor), hospital: 1, read: [7], write: [7], expiry });
const tomorrow = () => Math.floor(Date.now() / (DAY * 1000)) + 1;
const reads = async (session: UnlockedSession) =>
  (await readTimeline(session, addressOf(patient))).entries.flatMap(({ records }) =>
    records.map(({ data }) => fromUtf8(data)),
  );
/** By the store, or by the contract where a store has no gate. */
const refusedBy = (error: string) => ({ code: expect.stringMatching(`^(STORE_FORBIDDEN|REVERT_${error})$`) as string });
const mandates = (chain: Chain) => readMandates(chain, { patient: addressOf(patient) });

describe("a mandate", () => {
  it("P24 is given by the patient alone, for at most two years", async () => {
    const mandate = { delegate: addressOf(daughter), actions: [...all], expiry: now() + 30 * DAY };
    await expect(appointDelegate({ ...stranger, account: addressOf(patient) }, mandate)).rejects.toMatchObject({
      code: "REVERT_Delegates_NotActor",
    });
    await expect(appointDelegate(patient, { ...mandate, expiry: now() + 731 * DAY })).rejects.toMatchObject({
      code: "REVERT_Delegates_InvalidExpiry",
    });
    await expect(appointDelegate(patient, { ...mandate, actions: [] })).rejects.toMatchObject({
      code: "REVERT_Delegates_InvalidActions",
    });
    await appointDelegate(patient, mandate);
    const given = { ...mandate, patient: addressOf(patient), inForce: true };
    expect(await mandates(patient.chain)).toEqual([given]);
    expect(await readMandates(patient.chain, { delegate: addressOf(daughter) })).toEqual([given]);
    expect(await Promise.all([acting, daughter, patient].map(isDelegateSession))).toEqual([true, false, false]);
  });

  it("P25 cannot be passed on", async () => {
    const mandate = { delegate: addressOf(stranger), actions: [...all], expiry: now() + DAY };
    await expect(appointDelegate(acting, mandate)).rejects.toMatchObject({ code: "REVERT_Delegates_NotActor" });
  });

  it("P52 is noticed when a node withholds its end", async () => {
    await appointDelegate(patient, { delegate: addressOf(stranger), actions: ["book"], expiry: now() + DAY });
    await removeDelegate(patient, addressOf(stranger));
    const [removed] = encodeEventTopics({ abi: consentRegistryAbi, eventName: "DelegateRemoved" });
    const request = async (asked: { method: string; params?: unknown }) => {
      const result = await patient.chain.client.request(asked as never);
      return asked.method === "eth_getLogs"
        ? (result as { topics: Hex[] }[]).filter(({ topics }) => topics[0] !== removed)
        : result;
    };
    const liar = { ...patient.chain, client: createPublicClient({ transport: custom({ request }) }) };
    await expect(mandates(liar)).rejects.toMatchObject({ code: "MANDATES_INCOMPLETE" });
    expect((await mandates(patient.chain)).map(({ delegate }) => delegate)).toEqual([addressOf(daughter)]);
  });
});

describe("a delegate", () => {
  it("P22 gives access that opens what is added from then on, and nothing older", async () => {
    await grantAsDelegate(acting, terms());
    await publishRecord(patient, addressOf(patient), draft("after"));
    expect(await reads(doctor)).toEqual(["after"]);
    expect(await readDelegateActs(patient.chain, addressOf(patient))).toMatchObject([
      { delegate: addressOf(daughter), actions: ["grant"] },
    ]);
    const { finding, grants } = await auditConsent(patient.chain, addressOf(patient));
    expect(finding).toBeUndefined();
    expect(grants).toMatchObject([{ grantee: addressOf(doctor), keyring: `0x${"00".repeat(32)}` }]);
  });

  it("leaves it to the patient's key to open the older records", async () => {
    await grantAccess(patient, terms());
    expect((await reads(doctor)).sort()).toEqual(["after", "before"]);
  });

  it("P24 gives nothing that outlasts his mandate, and reads nothing himself", async () => {
    await expect(grantAsDelegate(acting, terms(now() + 31 * DAY))).rejects.toMatchObject({
      code: "REVERT_Delegates_BeyondMandate",
    });
    expect(await canRead(patient.chain, addressOf(patient), addressOf(daughter), 7)).toBe(false);
    const forging = publishRecord(acting, addressOf(patient), draft("forged"));
    await expect(forging).rejects.toMatchObject(refusedBy("RecordRegistry_NoAccess"));
  });

  it("books and cancels a visit, with words for the doctor that he cannot read again", async () => {
    const day = tomorrow();
    await publishAvailability(doctor, { hospital: 1, firstDay: day, open: [[40, 41]] });
    const booking = { hospital: 1, doctor: addressOf(doctor), day, slot: 40 };
    await bookAppointment(acting, booking, TEXT, utf8('"She coughs"'));
    const [visit] = await readVisits(patient.chain, { patient: addressOf(patient) });
    expect(visit).toMatchObject({ state: "requested", patient: addressOf(patient) });
    expect(await openRequest(doctor, visit!)).toBe("She coughs");
    expect(await openRequest(patient, visit!)).toBe("She coughs");
    await cancelVisit(acting, visit!);
    expect(await readVisits(patient.chain, { patient: addressOf(patient) })).toMatchObject([{ state: "cancelled" }]);
  });

  it("does only what his mandate names", async () => {
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: ["book"], expiry: now() + DAY });
    const refused = { code: "REVERT_Delegates_NotMandated" };
    await expect(grantAsDelegate(acting, terms())).rejects.toMatchObject(refused);
    await expect(revokeAccess(acting, addressOf(doctor))).rejects.toMatchObject(refused);
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: ["grant"], expiry: now() + DAY });
    // The doctor has a grant: to replace it is to end it too.
    await expect(grantAsDelegate(acting, terms())).rejects.toMatchObject(refused);
    const booking = { hospital: 1, doctor: addressOf(doctor), day: tomorrow(), slot: 41 };
    const booked = bookAppointment(acting, booking, TEXT, utf8('"x"'));
    await expect(booked).rejects.toMatchObject(refusedBy("Appointments_NotPatient"));
  });

  it("P16 P24 ends an access, and has no power after his removal", async () => {
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: ["revoke"], expiry: now() + DAY });
    await revokeAccess(acting, addressOf(doctor));
    expect(await canRead(patient.chain, addressOf(patient), addressOf(doctor), 7)).toBe(false);
    await removeDelegate(patient, addressOf(daughter));
    await grantAccess(patient, terms());
    await expect(revokeAccess(acting, addressOf(doctor))).rejects.toMatchObject({
      code: "REVERT_Delegates_NotMandated",
    });
    await expect(removeDelegate(patient, addressOf(daughter))).rejects.toMatchObject({ code: "NOTHING_TO_END" });
  });

  it("gives a mandate back by himself", async () => {
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: [...all], expiry: now() + DAY });
    await resignMandate(daughter, addressOf(patient));
    expect(await mandates(patient.chain)).toEqual([]);
    await expect(resignMandate(daughter, addressOf(patient))).rejects.toMatchObject({ code: "NOTHING_TO_END" });
  });

  it("P24 has no power from the second on at which his mandate ends", async () => {
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: [...all], expiry: now() + DAY });
    ahead += DAY * 1000;
    await expect(revokeAccess(acting, addressOf(doctor))).rejects.toMatchObject({
      code: "REVERT_Delegates_NotMandated",
    });
    expect(await mandates(patient.chain)).toMatchObject([{ delegate: addressOf(daughter), inForce: false }]);
  });

  it("P58 loses his mandate with the patient's succession", async () => {
    await appointDelegate(patient, { delegate: addressOf(daughter), actions: [...all], expiry: now() + 30 * DAY });
    await proposeSuccessor(patient, addressOf(patient), addressOf(stranger));
    ahead += (await readSuccessionDelay(patient.chain)) * 1000;
    await acceptSuccession(stranger, addressOf(patient));
    expect(await mandates(patient.chain)).toMatchObject([{ inForce: false }]);
    await expect(revokeAccess(acting, addressOf(doctor))).rejects.toMatchObject({
      code: "REVERT_Delegates_NotMandated",
    });
  });
});
