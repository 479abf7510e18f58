import {
  claim,
  confirmMember,
  createHospital,
  invite,
  publishAvailability,
  readHospital,
  setAccreditation,
} from "@chartkey/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { connect, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** Delegates, emergency accesses and a successor, each at his own browser. The local chain's delays are a minute. */

const REASON = "Found unconscious in the waiting room";
const REPORT = "Called by the ward, in order";
const PATIENCE = 180_000;
const COOL_DOWN = 62_000;

let system: System;
/** When the doctor was, in milliseconds. */
let confirmed: number;
let people: Record<"admin" | "doctor" | "patient" | "daughter" | "reviewer", Person>;

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const [admin, doctor, patient] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
  ];
  for (const index of [6, 7]) await unlockedActor(stack, index);
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  const account = doctor.wallet.account.address;
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Amara Okafor" });
  const staff = { account, name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), account, staff);
  confirmed = Date.now();
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  const firstDay = Math.floor(Date.now() / 86_400_000) + 1;
  await publishAvailability(doctor, { hospital: 1, firstDay, open: [[40, 41, 42, 43]] });
  const open = async (index: number) => {
    const person = await system.open(index);
    await connect(person);
    return person;
  };
  people = {
    admin: await open(1),
    doctor: await open(2),
    patient: await open(3),
    daughter: await open(6),
    reviewer: await open(7),
  };
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, { page }] of Object.entries(people)) await system.screenshot(page, `failed-${name}`);
});

async function fillIn({ page }: Person, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(value);
}

async function chooseInMenu({ page }: Person, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: "Switch role or account" }).click();
  await page.getByRole("button", { name }).click();
}

describe("people who act for a patient", { timeout: PATIENCE }, () => {
  it("P24 are appointed by the patient with one sentence and one signature", async () => {
    const { patient, daughter } = people;
    await unlocked(patient, "/patient/people", "Nobody acts for you");
    await follow(patient, "Let somebody act for you");
    await fillIn(patient, "Their account", daughter.wallet!.address);
    await patient.page.getByLabel("Give doctors access").check();
    await patient.page.getByLabel("End access").check();
    await sees(patient, /I let .* give access, end access,? and book visits for me, until/);
    await system.screenshot(patient.page, "people-appoint");
    const before = patient.wallet!.asked.length;
    await press(patient, "Sign and let them act");
    await sees(patient, "Done. This person can act for you");
    expect(patient.wallet!.asked.slice(before)).toHaveLength(1);
    await system.screenshot(patient.page, "people-list");
  });

  it("see on every page that they act for somebody, and no page that takes a key", async () => {
    const { daughter, patient } = people;
    await daughter.page.reload();
    await chooseInMenu(daughter, /^Act for 0x/);
    await sees(daughter, "You cannot read this chart.");
    const banner = daughter.page.getByText("You act for", { exact: true });
    expect(await banner.count()).toBe(1);
    await sees(daughter, "A name of your own for this person is sealed to your own key");
    await system.screenshot(daughter.page, "delegate-mandate");
    await go(daughter, "/patient/chart");
    await sees(daughter, "This takes the patient’s key");
    expect(await banner.count()).toBe(1);
    expect(await daughter.page.getByText(patient.wallet!.address.slice(0, 6)).count()).toBeGreaterThan(0);
  });

  it("name whom they act for once their own key is unlocked, by one click on the page of the mandate or in the menu", async () => {
    const { daughter } = people;
    const named = daughter.page.getByRole("status").filter({ hasText: "You act for" }).getByText("Mother");
    await go(daughter, "/patient");
    await press(daughter, "Unlock");
    await fillIn(daughter, "Your own name for this person", "Mother");
    await press(daughter, "Keep the name");
    await named.waitFor();
    await chooseInMenu(daughter, /^Lock your key/);
    await named.waitFor({ state: "detached" });
    await go(daughter, "/patient/visits");
    await chooseInMenu(daughter, "Unlock your key to see names");
    await press(daughter, "Unlock");
    await named.waitFor();
  });

  it("give a doctor access and book a visit in the patient's name", async () => {
    const { daughter } = people;
    await go(daughter, "/patient/access/new");
    await daughter.page.getByLabel("Doctor", { exact: true }).selectOption({ index: 1 });
    await press(daughter, "Choose what a visit needs");
    await sees(daughter, /For the patient, I let/);
    await system.screenshot(daughter.page, "delegate-grant");
    await press(daughter, "Sign and give access");
    await sees(daughter, "Given for you by a delegate");
    await go(daughter, "/patient/visits/new");
    await daughter.page.getByLabel("Doctor", { exact: true }).selectOption({ index: 1 });
    await daughter.page.getByRole("radio").last().check({ force: true });
    await daughter.page.getByRole("textbox").first().fill("She coughs");
    await press(daughter, "Sign and book");
    await sees(daughter, "Waiting for the doctor");
    await system.screenshot(daughter.page, "delegate-visits");
  });
});

describe("an emergency access", { timeout: PATIENCE }, () => {
  it("P28 takes a reviewer's appointment, a reason and a minute since the doctor's own", async () => {
    const { admin, reviewer, doctor, patient } = people;
    await unlocked(admin, "/hospital/reviewers", "Nobody reviews yet");
    await fillIn(admin, "Account", reviewer.wallet!.address);
    await press(admin, "Sign and appoint");
    await admin.page.getByRole("button", { name: /^Dismiss 0x/ }).waitFor();
    await system.screenshot(admin.page, "emergency-reviewers");
    await unlocked(doctor, "/doctor/emergency", "Only when waiting would harm.");
    await fillIn(doctor, "Patient’s account", patient.wallet!.address);
    await fillIn(doctor, "Why", REASON);
    await system.screenshot(doctor.page, "emergency-open");
    await doctor.page.waitForTimeout(Math.max(0, confirmed + COOL_DOWN - Date.now()));
    await press(doctor, "Sign and open");
    await sees(doctor, "Opened by you");
    await sees(doctor, "Opened for four hours.");
    await system.screenshot(doctor.page, "emergency-opened");
  });

  it("P27 P30 is told to the patient with its reason, who ends it at once", async () => {
    const { patient } = people;
    await go(patient, "/patient");
    await sees(patient, "A doctor has emergency access now.");
    await system.screenshot(patient.page, "emergency-notice");
    await follow(patient, "See and end it");
    await sees(patient, REASON);
    await system.screenshot(patient.page, "emergency-patient");
    await press(patient, "End now");
    await press(patient, "Sign and end it now");
    await sees(patient, "Ended. This doctor cannot open another one");
    await sees(patient, "Waits for review");
  });

  it("P32 is judged by the reviewer, with a report for the patient", async () => {
    const { reviewer, patient } = people;
    await unlocked(reviewer, "/review", "Review of emergency accesses");
    await sees(reviewer, REASON);
    await press(reviewer, "Judge");
    await reviewer.page.getByLabel("Outcome").selectOption("justified");
    await fillIn(reviewer, "Report", REPORT);
    await system.screenshot(reviewer.page, "emergency-judge");
    await press(reviewer, "Sign and judge");
    await sees(reviewer, "Nothing waits.");
    await sees(patient, REPORT);
    await system.screenshot(reviewer.page, "emergency-judged");
  });
});

describe("a successor", { timeout: PATIENCE }, () => {
  it("P58 is proposed, can be stopped, and takes over after the delay", async () => {
    const { patient, daughter } = people;
    const { address } = daughter.wallet!;
    await go(patient, "/patient/successor");
    await fillIn(patient, "Recovery address", people.admin.wallet!.address);
    await press(patient, "Sign and name it");
    await sees(patient, "Only this address itself can replace it");
    await fillIn(patient, "Successor’s account", address);
    await press(patient, "Sign and propose");
    await sees(patient, "A successor waits for acceptance.");
    await system.screenshot(patient.page, "successor-waiting");
    await press(patient, "Sign and stop it");
    await patient.page.getByText("A successor waits for acceptance.").first().waitFor({ state: "detached" });
    await fillIn(patient, "Successor’s account", address);
    await press(patient, "Sign and propose");
    await sees(patient, "A successor waits for acceptance.");
    await go(daughter, "/successor");
    await sees(daughter, "An account is offered to you");
    await system.screenshot(daughter.page, "successor-offer");
    await daughter.page.getByText("Wait for the end of the delay.").waitFor({ state: "detached", timeout: 90_000 });
    await press(daughter, "Sign and take over");
    await sees(daughter, "You act for this account now");
    const asked = daughter.wallet!.asked.length;
    await press(daughter, "Make a new key for it");
    await sees(daughter, "Make a new key for the records");
    await daughter.page.getByRole("button", { name: "Sign in to the store" }).waitFor();
    expect(daughter.wallet!.asked.slice(asked)).toEqual([]);
    await press(daughter, "Sign in to the store");
    await sees(daughter, "Recovery code");
    await system.screenshot(daughter.page, "successor-renew");
  });
});

it("no page said anything on its console", () => {
  expect(Object.values(people).flatMap(({ errors }) => errors)).toEqual([]);
});
