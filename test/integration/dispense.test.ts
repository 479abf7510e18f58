import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Order,
  type UnlockedSession,
  cancelOrder,
  cancelOwnOrder,
  claim,
  confirmMember,
  createHospital,
  dispense,
  fromBase64Url,
  grantAccess,
  invite,
  openOrderCode,
  orderReferenceText,
  prescribe,
  readDispensings,
  readHospital,
  readOrder,
  setAccreditation,
  setMemberActive,
  showOrder,
  toBase64Url,
  utf8,
  verifyOrder,
} from "@chartkey/sdk";
import { buildBundle, buildPrescription, canonicalJson } from "@chartkey/sdk/records";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** A prescription from the doctor to the pharmacist, with real blocks and a store that asks who reads. */

const PREFIX = "chartkey-rx:1:";
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

let dataDir: string;
let stack: Stack;
let admin: UnlockedSession;
let doctor: UnlockedSession;
let patient: UnlockedSession;
let pharmacist: UnlockedSession;
let rival: UnlockedSession;

async function admit(member: UnlockedSession, role: "doctor" | "pharmacist", name: string): Promise<void> {
  const speciality = role === "doctor" ? 2 : 0;
  await claim(member, await invite(admin, 1, { role, speciality }), { name });
  const account = addressOf(member);
  await confirmMember(admin, await readHospital(admin.chain, 1), account, { account, name, role, speciality });
}

function orderOf(medicines: string[]): Uint8Array {
  const [date, subject] = [new Date().toISOString(), { display: "Ananya Sharma" }];
  const author = { display: "Dr Amara Okafor" };
  const items = medicines.map((medicine) => ({
    resource: buildPrescription({
      ...{ patient: subject, author, date, medicine, dosage: "1 tablet with breakfast" },
      quantity: { value: 60, unit: "tablets" },
      reason: "Type 2 diabetes",
      note: "Allergic to penicillin",
    }),
  }));
  return utf8(canonicalJson(buildBundle(items, { timestamp: date })));
}

/** A new order of two medicines, and the code that its patient shows. */
async function prescribed(expiry = inSeconds(3600), fills = [3, 1]): Promise<{ id: Hex; code: string }> {
  const data = orderOf(["Metformin 500 mg tablets", "Paracetamol 500 mg tablets"]);
  const order = { meta: { contentType: "application/fhir+json" }, data, fills, expiry, birthDate: "1984-02-29" };
  const id = await prescribe(doctor, addressOf(patient), order);
  return { id, code: await showOrder(patient, addressOf(patient), id) };
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-dispense-"));
  stack = await startTestStack({ dataDir });
  [admin, doctor, patient, pharmacist, rival] = (await Promise.all(
    [1, 2, 3, 4, 6].map((index) => unlockedActor(stack, index)),
  )) as [UnlockedSession, UnlockedSession, UnlockedSession, UnlockedSession, UnlockedSession];
  const hospital = await createHospital(admin, { name: "Ridgeway General Hospital", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await admit(doctor, "doctor", "Dr Amara Okafor");
  await admit(pharmacist, "pharmacist", "Lakshmi Narayanan");
  await admit(rival, "pharmacist", "Noor Haddad");
  const terms = { hospital: 1, read: [], write: [4], expiry: inSeconds(3600) };
  await grantAccess(patient, { grantee: addressOf(doctor), ...terms });
});

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("a prescription from the doctor to the pharmacist", () => {
  it("P43 shows the pharmacist what was prescribed, by whom and for whom, and no reason or note from the chart", async () => {
    const { id, code } = await prescribed();
    expect(code).toMatch(/^chartkey-rx:1:[\w-]{166}$/);
    const { order, standing, content } = await openOrderCode(pharmacist, code);
    expect(order).toMatchObject({ id, prescriber: addressOf(doctor), patient: addressOf(patient), hospital: 1 });
    expect(standing).toMatchObject({ wasActive: true, hadAccess: true, isActive: true });
    const quantity = { value: 60, unit: "tablets" };
    expect(content).toEqual({
      patient: { name: "Ananya Sharma", birthDate: "1984-02-29" },
      prescriber: "Dr Amara Okafor",
      date: expect.stringContaining("T") as string,
      medicines: ["Metformin 500 mg tablets", "Paracetamol 500 mg tablets"].map((medicine) => ({
        ...{ medicine, dosage: "1 tablet with breakfast", quantity },
      })),
    });
  });

  it("P43 is cancelled by its patient without its doctor: not even with the code is it handed out then", async () => {
    const { id, code } = await prescribed();
    const opened = await openOrderCode(pharmacist, code);
    await expect(cancelOwnOrder(rival, opened.order)).rejects.toBeInstanceOf(Error);
    await cancelOwnOrder(patient, opened.order);
    expect(await readOrder(patient.chain, id)).toMatchObject({ cancelled: true });
    await expect(dispense(pharmacist, opened, { hospital: 1, amounts: [1, 0] })).rejects.toMatchObject({
      code: "REVERT_Prescriptions_Cancelled",
    });
  });

  it("P42 of two pharmacists who hand out the same, one is recorded, and the other is told who and what remains", async () => {
    const { id, code } = await prescribed();
    const opened = await Promise.all([openOrderCode(pharmacist, code), openOrderCode(rival, code)]);
    const terms = { hospital: 1, amounts: [1, 1] };
    const done = await Promise.allSettled([dispense(pharmacist, opened[0], terms), dispense(rival, opened[1], terms)]);
    const [won] = done.filter((result): result is PromiseFulfilledResult<Order> => result.status === "fulfilled");
    const [lost] = done.filter((result) => result.status === "rejected");
    expect(won?.value.remaining.slice(0, 2)).toEqual([2, 0]);
    const winner = addressOf(done[0].status === "fulfilled" ? pharmacist : rival);
    expect(lost?.reason).toMatchObject({
      code: "ORDER_OUTRUN",
      message: expect.stringContaining("2 of 3, 0 of 1") as string,
      details: { by: winner, hospital: 1, order: { id } },
    });
    expect(await readDispensings(patient.chain, { orders: [id] })).toMatchObject([
      { orderId: id, pharmacist: winner, hospital: 1, amounts: [1, 1, 0, 0, 0, 0, 0, 0] },
    ]);
  });

  it("P42 hands out partly until nothing is left; the patient and the pharmacist see each time", async () => {
    const { id, code } = await prescribed();
    const before = inSeconds(-1);
    const first = await openOrderCode(pharmacist, code);
    const left = await dispense(pharmacist, first, { hospital: 1, amounts: [2, 0] });
    expect(left.remaining.slice(0, 2)).toEqual([1, 1]);
    await expect(dispense(pharmacist, first, { hospital: 1, amounts: [1, 0] })).rejects.toMatchObject({
      code: "ORDER_OUTRUN",
    });
    await expect(
      dispense(pharmacist, { ...first, order: left }, { hospital: 1, amounts: [2, 0] }),
    ).rejects.toMatchObject({ code: "REVERT_Prescriptions_TooMuch" });
    await dispense(rival, await openOrderCode(rival, code), { hospital: 1, amounts: [1, 1] });
    const amounts = (await readDispensings(patient.chain, { orders: [id] })).map((each) => each.amounts.slice(0, 2));
    expect(amounts).toEqual([
      [2, 0],
      [1, 1],
    ]);
    const own = await readDispensings(pharmacist.chain, { pharmacist: addressOf(pharmacist) }, before);
    expect(own.filter(({ orderId }) => orderId === id)).toHaveLength(1);
    expect(await readDispensings(pharmacist.chain, { pharmacist: addressOf(pharmacist) }, inSeconds(60))).toEqual([]);
    expect(await readDispensings(pharmacist.chain, { orders: [] })).toEqual([]);
    await expect(
      dispense(rival, await openOrderCode(rival, code), { hospital: 1, amounts: [1, 0] }),
    ).rejects.toMatchObject({ code: "REVERT_Prescriptions_TooMuch" });
  });
});

describe("codes and orders that nothing is handed out on", () => {
  it("P43 refuses a code of which any part was changed, or put together from two", async () => {
    const [one, other] = [await prescribed(), await prescribed()];
    const bytes = fromBase64Url(one.code.slice(PREFIX.length));
    const changed = (place: number) => {
      const flipped = bytes.slice();
      flipped[place]! ^= 1;
      return openOrderCode(pharmacist, PREFIX + toBase64Url(flipped));
    };
    const codes = { 7: "ORDER_WRONG_CHAIN", 27: "ORDER_WRONG_CHAIN", 40: "ORDER_UNKNOWN" };
    for (const [place, code] of Object.entries(codes))
      await expect(changed(Number(place)), place).rejects.toMatchObject({ code });
    for (const place of [60, 91, 92, 123])
      await expect(changed(place), String(place)).rejects.toMatchObject({ code: "ORDER_CODE_ALTERED" });
    const mixed = bytes.slice();
    mixed.set(fromBase64Url(other.code.slice(PREFIX.length)).subarray(60), 60);
    const foreign = openOrderCode(pharmacist, PREFIX + toBase64Url(mixed));
    await expect(foreign).rejects.toMatchObject({ code: "ORDER_CODE_ALTERED" });
    for (const text of ["", one.code.slice(0, -4), `${one.code}AAAA`, orderReferenceText(patient, one.id)])
      await expect(openOrderCode(pharmacist, text)).rejects.toMatchObject({ code: "ORDER_CODE_MALFORMED" });
  });

  it("P43 P44 says cancelled and expired, and the contract refuses both", async () => {
    const cancelled = await prescribed();
    await cancelOrder(doctor, await readOrder(doctor.chain, cancelled.id));
    const stopped = await openOrderCode(pharmacist, cancelled.code);
    expect(stopped.order.cancelled).toBe(true);
    const terms = { hospital: 1, amounts: [1, 0] };
    await expect(dispense(pharmacist, stopped, terms)).rejects.toMatchObject({
      code: "REVERT_Prescriptions_Cancelled",
    });
    expect((await verifyOrder(patient, orderReferenceText(patient, cancelled.id))).state).toBe("cancelled");

    const expiry = inSeconds(4);
    const expiring = await prescribed(expiry);
    await new Promise((resolve) => setTimeout(resolve, expiry * 1000 - Date.now() + 1500));
    const late = dispense(pharmacist, await openOrderCode(pharmacist, expiring.code), terms);
    await expect(late).rejects.toMatchObject({ code: "REVERT_Prescriptions_Expired" });
    expect((await verifyOrder(patient, orderReferenceText(patient, expiring.id))).state).toBe("ended");
  });

  it("P43 nobody but an active pharmacist dispenses, whoever holds the code; nobody but the patient has it", async () => {
    const { id, code } = await prescribed();
    const terms = { hospital: 1, amounts: [1, 0] };
    const stranger = dispense(patient, await openOrderCode(patient, code), terms);
    await expect(stranger).rejects.toMatchObject({ code: "REVERT_Prescriptions_NotPharmacist" });
    await expect(showOrder(doctor, addressOf(patient), id)).rejects.toMatchObject({ code: "CRYPTO_OPEN_FAILED" });
    await expect(showOrder(pharmacist, addressOf(patient), id)).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    const other = {
      ...(await openOrderCode(rival, code)),
      capability: (await openOrderCode(rival, (await prescribed()).code)).capability,
    };
    await expect(dispense(rival, other, terms)).rejects.toMatchObject({
      code: "REVERT_Prescriptions_InvalidCapability",
    });
  });
});

describe("the public verification code", () => {
  it("says by whom, until when and what is left, and neither for whom nor what; it opens nothing", async () => {
    const { id, code } = await prescribed();
    const text = orderReferenceText(patient, id);
    expect(text).toMatch(/^chartkey-verify:1:[\w-]{80}$/);
    const anybody = { chain: patient.chain, store: pharmacist.store };
    const verified = await verifyOrder(anybody, `https://chart.example/verify#${text}`);
    expect(verified).toMatchObject({
      state: "valid",
      prescriber: { account: addressOf(doctor), name: "Dr Amara Okafor", speciality: 2, isActive: true },
      hospital: { id: 1, name: "Ridgeway General Hospital", accreditation: "accredited" },
      counts: [
        { prescribed: 3, remaining: 3 },
        { prescribed: 1, remaining: 1 },
      ],
    });
    const told = JSON.stringify(verified, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    for (const secret of ["Ananya", "Metformin", addressOf(patient).toLowerCase(), addressOf(patient)])
      expect(told).not.toContain(secret);
    await expect(openOrderCode(anybody, text)).rejects.toMatchObject({ code: "ORDER_CODE_MALFORMED" });
    await expect(verifyOrder(anybody, code)).rejects.toMatchObject({ code: "ORDER_CODE_MALFORMED" });
    await dispense(pharmacist, await openOrderCode(pharmacist, code), { hospital: 1, amounts: [3, 1] });
    expect((await verifyOrder(anybody, text)).state).toBe("used");
  });

  it("P45 an order of a doctor who was suspended later stays good, and says so", async () => {
    const { id, code } = await prescribed();
    await setMemberActive(admin, await readHospital(admin.chain, 1), addressOf(doctor), false);
    const { state, prescriber } = await verifyOrder(patient, orderReferenceText(patient, id));
    expect({ state, isActive: prescriber.isActive }).toEqual({ state: "valid", isActive: false });
    const left = await dispense(pharmacist, await openOrderCode(pharmacist, code), { hospital: 1, amounts: [1, 0] });
    expect(left.remaining[0]).toBe(2);
  });

  it("P41 leaves no medicine, name or birth date readable on the chain or in the store", async () => {
    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    for (const file of files) {
      const content = await readFile(join(file.parentPath, file.name));
      for (const secret of ["Metformin", "Ananya", "1984-02-29", "penicillin", PREFIX])
        expect(content.includes(secret), `${secret} in ${file.name}`).toBe(false);
    }
  });
});
