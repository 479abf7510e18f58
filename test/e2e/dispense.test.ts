import {
  type UnlockedSession,
  claim,
  confirmMember,
  createHospital,
  dispense,
  grantAccess,
  invite,
  openOrderCode,
  orderReferenceText,
  prescribe,
  publishRecord,
  readHospital,
  setAccreditation,
  showOrder,
  utf8,
} from "@chartkey/sdk";
import { buildBundle, buildPatient, buildPrescription, canonicalJson } from "@chartkey/sdk/records";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { within } from "./support/budget.ts";
import { connect, follow, go, press, sees } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** A prescription at the counter, in browsers: the patient shows, the pharmacist hands out, anybody verifies. */

const META = { contentType: "application/fhir+json" };
const soon = () => Math.floor(Date.now() / 1000) + 90 * 86_400;
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;

let system: System;
let people: Record<"admin" | "doctor" | "patient" | "pharmacist" | "rival", UnlockedSession>;
let patient: Person;
let pharmacist: Person;
let orderId: Hex;
let code: string;

async function admit(member: UnlockedSession, role: "doctor" | "pharmacist", name: string): Promise<void> {
  const { admin } = people;
  const [account, speciality] = [addressOf(member), role === "doctor" ? 2 : 0];
  await claim(member, await invite(admin, 1, { role, speciality }), { name });
  await confirmMember(admin, await readHospital(admin.chain, 1), account, { account, name, role, speciality });
}

async function prepare(): Promise<void> {
  const [admin, doctor, own, counter, rival] = await Promise.all(
    [1, 2, 3, 4, 6].map((index) => unlockedActor(system.stack, index)),
  );
  people = { admin: admin!, doctor: doctor!, patient: own!, pharmacist: counter!, rival: rival! };
  const profile = {
    name: "Ridgeway General Hospital",
    address: "12 Larch Avenue, Elmford",
    contact: "+44 1632 960 214",
  };
  const hospital = await createHospital(people.admin, { ...profile, staff: [] });
  await setAccreditation(await actor(system.stack, 0), hospital, "accredited");
  await claim(people.patient, await invite(people.admin, 1, { role: "patient" }), { name: "Ananya Sharma" });
  await admit(people.doctor, "doctor", "Dr Amara Okafor");
  await admit(people.pharmacist, "pharmacist", "Lakshmi Narayanan");
  await admit(people.rival, "pharmacist", "Noor Haddad");
  const person = buildPatient({ name: "Ananya Sharma अनन्या शर्मा", birthDate: "1984-02-29" });
  const data = utf8(canonicalJson(person));
  await publishRecord(people.patient, addressOf(people.patient), { category: 1, meta: META, data });
  const terms = { hospital: 1, read: [4], write: [4], expiry: soon() };
  await grantAccess(people.patient, { grantee: addressOf(people.doctor), ...terms });
  orderId = await order();
  code = await showOrder(people.patient, addressOf(people.patient), orderId);
}

function order(): Promise<Hex> {
  const written = {
    patient: { display: "Ananya Sharma" },
    author: { display: "Dr Amara Okafor" },
    date: new Date().toISOString(),
  };
  const medicines = [
    {
      medicine: "Metformin 500 mg tablets",
      dosage: "1 tablet in the morning and 1 in the evening, with food",
      quantity: { value: 60, unit: "tablets" },
      reason: "Blood sugar",
    },
    { medicine: "Paracetamol 500 mg tablets", dosage: "1 to 2 tablets if needed, 6 hours apart" },
  ].map((medicine) => ({ resource: buildPrescription({ ...written, ...medicine }) }));
  const data = utf8(canonicalJson(buildBundle(medicines, { timestamp: written.date })));
  const draft = { meta: META, data, fills: [3, 1], expiry: soon(), birthDate: "1984-02-29" };
  return prescribe(people.doctor, addressOf(people.patient), draft);
}

beforeAll(async () => {
  system = await startSystem();
  await prepare();
  [patient, pharmacist] = (await Promise.all([3, 4].map((index) => system.open(index)))) as [Person, Person];
}, 300_000);
afterAll(async () => system?.close());
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  await system.screenshot(patient.page, "failed-patient");
  await system.screenshot(pharmacist.page, "failed-pharmacist");
});

/** What no page may keep and no request may carry. */
async function expectSecretKept({ page }: Person): Promise<void> {
  const kept = await page.evaluate(() =>
    JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }]),
  );
  for (const place of [kept, ...system.sent]) expect(place).not.toContain(code.slice("chartkey-rx:1:".length));
}

describe("a prescription at the counter", () => {
  it("the patient shows the code: two clicks, one unlock", async () => {
    await connect(patient);
    await go(patient, "/patient/prescriptions");
    await press(patient, "Unlock");
    await sees(patient, "Metformin 500 mg tablets");
    await press(patient, "Show to the pharmacist");
    await patient.page.getByRole("img", { name: "Private code of this prescription" }).waitFor();
    await system.screenshot(patient.page, "patient-pharmacy-code");
    await expectSecretKept(patient);
    await press(patient, "Close");
    expect(await patient.page.getByRole("img", { name: "Private code of this prescription" }).count()).toBe(0);
  });

  it("Text 3 the patient prints it: one click in the list, the paper alone", async () => {
    await patient.page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", document.body.innerText);
    });
    await within(patient, "print a prescription", async () => {
      await follow(patient, "Print");
      await patient.page.locator("body[data-printed]").waitFor();
    });
    expect(await patient.page.locator("body").getAttribute("data-printed")).toContain("12 Larch Avenue, Elmford");
    await system.screenshot(patient.page, "patient-prescription");
    await patient.page.emulateMedia({ media: "print" });
    expect(await patient.page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
    expect(await patient.page.getByText("Signed electronically by").isVisible()).toBe(true);
    await system.screenshot(patient.page, "patient-prescription-printed");
    await patient.page.emulateMedia({ media: "screen" });
  });

  it("the pharmacist is told who was faster, then hands out a part by one signature", async () => {
    await connect(pharmacist);
    await go(pharmacist, "/pharmacist");
    await pharmacist.page.getByLabel("Text of the code").fill(code);
    await system.screenshot(pharmacist.page, "pharmacist-scan");
    await press(pharmacist, "Open prescription");
    await sees(pharmacist, "Born 29 February 1984. Check the identity.");
    await system.screenshot(pharmacist.page, "pharmacist-order");
    await dispense(people.rival, await openOrderCode(people.rival, code), { hospital: 1, amounts: [0, 1] });
    await press(pharmacist, "Sign and dispense");
    await sees(pharmacist, "Already dispensed elsewhere.");
    await sees(pharmacist, "Noor Haddad");
    await system.screenshot(pharmacist.page, "pharmacist-outrun");
    await press(pharmacist, "Load what is left");
    const before = pharmacist.wallet!.asked.length;
    await press(pharmacist, "Sign and dispense");
    await sees(pharmacist, "Recorded. Hand out now:");
    expect(pharmacist.wallet!.asked.length).toBe(before + 1);
    await system.screenshot(pharmacist.page, "pharmacist-done");
    await expectSecretKept(pharmacist);
    await go(pharmacist, "/pharmacist/today");
    await sees(pharmacist, /Medicine 1\u2069: 1\s×/);
    await system.screenshot(pharmacist.page, "pharmacist-today");
  });

  it("the patient sees what was handed out, and by whom", async () => {
    await go(patient, "/patient/prescriptions");
    await sees(patient, "Lakshmi Narayanan");
    await sees(patient, "Noor Haddad");
    await system.screenshot(patient.page, "patient-prescriptions");
  });

  it("Text 3 anybody verifies the printed link without a wallet, and learns no medicine", async () => {
    const visitor = await system.open();
    await visitor.page.goto(`${system.appUrl}/verify#${orderReferenceText(people.patient, orderId)}`);
    await sees(visitor, "Genuine, and something is left");
    await sees(visitor, "Medicine 1: 2 of 3");
    expect(visitor.page.url()).not.toContain("#");
    expect(await visitor.page.content()).not.toMatch(/Metformin|Ananya/);
    await system.screenshot(visitor.page, "verify");
    expect([...visitor.errors, ...patient.errors, ...pharmacist.errors]).toEqual([]);
  });
});
