import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartReader,
  type UnlockedSession,
  advanceVisit,
  bookAppointment,
  claim,
  confirmMember,
  createHospital,
  decodeInvitation,
  encodeInvitation,
  fromUtf8,
  grantAccess,
  invite,
  openRecord,
  openRequest,
  payloadJson,
  prescribe,
  publishAvailability,
  publishBatch,
  publishRecord,
  readFreeSlots,
  readGrantsTo,
  readHospital,
  readLedger,
  readMemberCards,
  readMemberChanges,
  readMembers,
  readOffer,
  readOrders,
  readProfile,
  readTimeline,
  readVisits,
  revokeAccess,
  setAccreditation,
  setMemberActive,
  unlock,
  utf8,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startTestStack } from "../support/stack.ts";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";

const FHIR = { contentType: "application/fhir+json" };
const json = (value: unknown) => utf8(JSON.stringify(value));
const soon = () => Math.floor(Date.now() / 1000) + 3600;

let dataDir: string;
let stack: Stack;
let admin: UnlockedSession;
let doctor: UnlockedSession;
let patient: UnlockedSession;
let colleague: UnlockedSession;

const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-slice-"));
  stack = await startTestStack({ dataDir });
  admin = await unlockedActor(stack, 1);
  doctor = await unlockedActor(stack, 2);
  patient = await unlockedActor(stack, 3);
  colleague = await unlockedActor(stack, 5);
});

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function admit(member: UnlockedSession, role: "doctor" | "patient", name: string) {
  const hospital = await readHospital(admin.chain, 1);
  const invitation = await invite(admin, 1, { role, speciality: role === "doctor" ? 2 : 0 });
  await claim(member, decodeInvitation(encodeInvitation(invitation)), { name, birthDate: "1984-02-29" });
  const account = addressOf(member);
  if (role === "doctor") await confirmMember(admin, hospital, account, { account, name, role, speciality: 2 });
}

describe("the whole path of the paper, on real blocks and a real store", () => {
  it("deploys and accredits a hospital", async () => {
    const registrar = await actor(stack, 0);
    const hospital = await createHospital(admin, { name: "Ridgeway General Hospital", staff: [] });
    expect(hospital).toMatchObject({ id: 1, accreditation: "pending" });
    await setAccreditation(registrar, hospital, "accredited");
    expect(await readHospital(admin.chain, 1)).toMatchObject({ accreditation: "accredited" });
    expect(await readProfile(admin, hospital)).toEqual({ name: "Ridgeway General Hospital", staff: [] });
  });

  it("admits doctors and a patient by invitation, whose names the admin alone opens", async () => {
    await admit(doctor, "doctor", "Dr Amara Okafor");
    await admit(colleague, "doctor", "Dr Tomasz Wiśniewski");
    await admit(patient, "patient", "Ananya Sharma अनन्या");
    const hospital = await readHospital(admin.chain, 1);
    const members = await readMembers(admin.chain, { id: 1 });
    expect(members.map(({ role, status }) => `${role} ${status}`).sort()).toEqual([
      "doctor active",
      "doctor active",
      "patient active",
    ]);
    const cards = await readMemberCards(admin, hospital.address, admin.vault.reception);
    expect(cards.get(addressOf(patient))).toEqual({ name: "Ananya Sharma अनन्या", birthDate: "1984-02-29" });
    expect((await readMemberCards(admin, hospital.address, doctor.vault.reception)).size).toBe(0);
    expect((await readProfile(admin, hospital)).staff.map(({ name }) => name)).toEqual([
      "Dr Amara Okafor",
      "Dr Tomasz Wiśniewski",
    ]);
  });

  it("refuses a used invitation with a sentence", async () => {
    const invitation = await invite(admin, 1, { role: "patient", account: addressOf(patient) });
    await expect(claim(patient, invitation, { name: "x" })).rejects.toMatchObject({
      code: "REVERT_Hospital_AlreadyMember",
    });
  });

  it("books a visit whose symptoms the patient and that doctor alone read", async () => {
    const today = Math.floor(Date.now() / 86_400_000);
    await publishAvailability(doctor, { hospital: 1, firstDay: today + 1, open: [[40, 41, 42]] });
    const query = { hospital: 1, doctor: addressOf(doctor), firstDay: today, days: 3, now: Date.now() / 1000 };
    const free = await readFreeSlots(patient.chain, query);
    expect(free.map(({ slot }) => slot)).toEqual([40, 41, 42]);
    const { day, slot } = free[1]!;
    await bookAppointment(
      patient,
      { hospital: 1, doctor: addressOf(doctor), day, slot },
      FHIR,
      json({ symptom: "Persistent thirst" }),
    );
    const [visit] = await readVisits(doctor.chain, { doctor: addressOf(doctor) });
    expect(visit).toMatchObject({ state: "requested", day, slot, patient: addressOf(patient) });
    expect(await openRequest(doctor, visit!)).toEqual({ symptom: "Persistent thirst" });
    await expect(openRequest(colleague, visit!)).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    await advanceVisit(doctor, visit!, "confirm");
    expect((await readVisits(patient.chain, { patient: addressOf(patient) }))[0]).toMatchObject({ state: "confirmed" });
    expect((await readFreeSlots(patient.chain, query)).map((free) => free.slot)).toEqual([40, 42]);
    const offer = await readOffer(doctor.chain, { ...query, firstDay: today, days: 3 });
    expect(offer.map(({ slots }) => slots)).toEqual([[], [40, 41, 42], []]);
  });

  it("lets nobody write or read before the patient grants", async () => {
    const draft = { category: 5, meta: FHIR, data: json({ code: "E11" }) };
    await expect(publishRecord(doctor, addressOf(patient), draft)).rejects.toMatchObject({
      code: "STORE_FORBIDDEN",
    });
  });

  it("opens earlier records to a grantee by one seal, and later ones by their wraps", async () => {
    await publishRecord(patient, addressOf(patient), {
      category: 7,
      meta: FHIR,
      data: json({ resourceType: "Observation", n: 1 }),
    });
    const batch = Array.from({ length: 12 }, (_, n) => ({
      category: n % 2 === 0 ? 7 : 6,
      meta: FHIR,
      data: json({ n: n + 100 }),
    }));
    await publishBatch(patient, addressOf(patient), batch);
    await grantAccess(patient, {
      grantee: addressOf(doctor),
      hospital: 1,
      read: [4, 5, 7],
      write: [4, 5],
      expiry: soon(),
    });
    expect(await readGrantsTo(doctor.chain, addressOf(doctor))).toMatchObject([
      { patient: addressOf(patient), hospital: 1, read: 0b10110000, write: 0b110000, active: true },
    ]);
    const diagnosis = { category: 5, meta: FHIR, data: json({ resourceType: "Condition", text: "Type 2 diabetes" }) };
    const recordId = await publishRecord(doctor, addressOf(patient), diagnosis);
    await publishRecord(patient, addressOf(patient), { category: 7, meta: FHIR, data: json({ n: 2 }) });

    const locked = { signal: AbortSignal.abort(new Error("locked")), found: () => {}, opened: () => {} };
    await expect(readTimeline(doctor, addressOf(patient), locked)).rejects.toThrow("locked");
    const seen = await readTimeline(doctor, addressOf(patient));
    const numbers = seen.entries.flatMap(({ records }) => records).map(({ category }) => category);
    expect(numbers.filter((category) => category === 7)).toHaveLength(1 + 6 + 1);
    expect(numbers).not.toContain(6);
    const own = await openRecord(patient, addressOf(patient), recordId);
    expect(payloadJson(own.records[0]!.data)).toEqual({ resourceType: "Condition", text: "Type 2 diabetes" });
    await expect(readTimeline(colleague, addressOf(patient))).resolves.toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ problem: expect.objectContaining({ code: "NO_ACCESS" }) }),
      ]),
    });
  });

  it("prescribes an order that the patient reads and alone can have dispensed", async () => {
    const medicine = (text: string) => ({ resourceType: "MedicationRequest", medicationCodeableConcept: { text } });
    const entry = ["Metformin 500 mg", "Paracetamol 500 mg"].map((text) => ({ resource: medicine(text) }));
    const data = json({ resourceType: "Bundle", type: "collection", entry });
    const id = await prescribe(doctor, addressOf(patient), { meta: FHIR, data, fills: [3, 1], expiry: soon() });
    const [order] = await readOrders(patient.chain, { patient: addressOf(patient) });
    expect(order).toMatchObject({
      id,
      prescriber: addressOf(doctor),
      cancelled: false,
      remaining: [3, 1, 0, 0, 0, 0, 0, 0],
    });
    const { entry: anchored } = await openRecord(patient, addressOf(patient), id);
    expect(await new ChartReader(patient, addressOf(patient)).keys.findPatientOnly(anchored)).toHaveLength(64);
    await expect(new ChartReader(doctor, addressOf(patient)).keys.findPatientOnly(anchored)).rejects.toMatchObject({
      code: "CRYPTO_OPEN_FAILED",
    });
  });

  it("O24 gives a reader no key of anything written after his grant was revoked, also across a later grant to another", async () => {
    await revokeAccess(patient, addressOf(doctor));
    expect(await readGrantsTo(doctor.chain, addressOf(doctor))).toEqual([]);
    const after = await publishRecord(patient, addressOf(patient), {
      category: 7,
      meta: FHIR,
      data: json({ secret: true }),
    });
    await grantAccess(patient, { grantee: addressOf(colleague), hospital: 1, read: [7], write: [], expiry: soon() });
    await expect(openRecord(doctor, addressOf(patient), after)).rejects.toMatchObject({ code: "NO_ACCESS" });
    const { records } = await openRecord(colleague, addressOf(patient), after);
    expect(fromUtf8(records[0]!.data)).toBe('{"secret":true}');
    await expect(
      publishRecord(doctor, addressOf(patient), { category: 5, meta: FHIR, data: json({}) }),
      // The store's yes is good for two seconds; the contract's no is not.
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(STORE_FORBIDDEN|REVERT_RecordRegistry_NoAccess)$/) as string,
    });
  });

  it("O24 the same when the doctor was suspended while the patient was away", async () => {
    const hospital = await readHospital(admin.chain, 1);
    await setMemberActive(admin, hospital, addressOf(colleague), false);
    const after = await publishRecord(patient, addressOf(patient), { category: 7, meta: FHIR, data: json({ n: 3 }) });
    await setMemberActive(admin, hospital, addressOf(colleague), true);
    expect(await readGrantsTo(colleague.chain, addressOf(colleague))).toMatchObject([{ active: false }]);
    const changes = await readMemberChanges(admin.chain, 1);
    const ofColleague = changes.filter(({ account }) => account === addressOf(colleague));
    expect(ofColleague.map(({ status }) => status)).toEqual(["requested", "active", "suspended", "active"]);
    await grantAccess(patient, { grantee: addressOf(doctor), hospital: 1, read: [7], write: [], expiry: soon() });
    await expect(openRecord(colleague, addressOf(patient), after)).rejects.toMatchObject({ code: "NO_ACCESS" });
    await expect(openRecord(doctor, addressOf(patient), after)).resolves.toMatchObject({ records: [{ category: 7 }] });
  });

  it("P52 recomputes the ledger to the head in the contract from events alone", async () => {
    const ledger = await readLedger(patient.chain, addressOf(patient));
    expect(ledger.entries).toHaveLength(7);
    expect(ledger.entries.at(-1)!.recordId).toBe(ledger.head);
  });

  it("unlocks again with the wallet on another device", async () => {
    const vault = await unlock(await actor(stack, 3));
    expect(vault.identity.publicBytes).toEqual(patient.vault.identity.publicBytes);
  });

  it("P41 leaves no name, symptom or diagnosis readable on the chain or in the store", async () => {
    const secrets = ["Ananya", "अनन्या", "thirst", "diabetes", "1984-02-29"];
    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const content = await readFile(join(file.parentPath, file.name));
      for (const secret of secrets) expect(content.includes(secret), `${secret} in ${file.name}`).toBe(false);
    }
  });
});
