import {
  canonicalBytes,
  claim,
  confirmMember,
  createHospital,
  decodeCardCode,
  invite,
  publishRecord,
  readHospital,
  readOwnSet,
  setAccreditation,
  toBase64Url,
} from "@chartkey/sdk";
import { buildDiagnosis } from "@chartkey/sdk/records";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { connect, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** What a patient prepares for an emergency, at the browsers of all who meet it. The local chain's cool-down is a minute. */

const PATIENCE = 180_000;
const COOL_DOWN = 62_000;

let system: System;
/** When the doctor was, in milliseconds. */
let confirmed: number;
let people: Record<"admin" | "doctor" | "patient" | "passerby", Person>;
/** Texts of cards, newest last. */
const cards: string[] = [];

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const [admin, doctor, patient] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  const account = doctor.wallet.account.address;
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Amara Okafor" });
  const staff = { account, name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), account, staff);
  confirmed = Date.now();
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  const [subject, date] = [{ display: "Ananya Sharma" }, new Date().toISOString()];
  const allergy = { resourceType: "AllergyIntolerance", code: { text: "Penicillin" }, patient: subject };
  const diagnosis = buildDiagnosis({ patient: subject, author: subject, date, text: "Type 2 diabetes" });
  for (const [category, resource] of [
    [3, allergy],
    [5, diagnosis],
  ] as const)
    await publishRecord(patient, patient.wallet.account.address, {
      ...{ category, meta: { contentType: "application/fhir+json" }, data: canonicalBytes(resource) },
    });
  const open = async (index: number) => {
    const person = await system.open(index);
    await connect(person);
    return person;
  };
  people = { admin: await open(1), doctor: await open(2), patient: await open(3), passerby: await system.open() };
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, { page }] of Object.entries(people)) await system.screenshot(page, `failed-${name}`);
});

/** The text of the patient's card in force: what the picture on his screen holds. */
async function readCard(): Promise<string> {
  const patient = await unlockedActor(system.stack, 3);
  const own = await readOwnSet(patient, { domain: new URL(system.appUrl).host, uri: system.appUrl });
  cards.push(own!.code);
  return own!.code;
}

/** Opens a card's link, as the camera of a telephone does. */
async function scan({ page }: Person, code: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${system.appUrl}/card#${code}`);
}

/** The same page as others see it: dark, on a narrow screen. */
async function photograph(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!;
  await system.screenshot(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 800 });
  await page.evaluate(async () => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await system.screenshot(page, `${name}-dark-360`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: "light" });
}

describe("what a patient prepares", { timeout: PATIENCE }, () => {
  it("begins with a key that the hospital offers", async () => {
    const { admin } = people;
    await unlocked(admin, "/hospital/reviewers", "The hospital has no emergency key");
    await press(admin, "Sign and publish");
    await sees(admin, "None is open.");
    await photograph(admin.page, "emergency-key");
  });

  it("O28 is chosen from the chart, signed once and sent once", async () => {
    const { patient } = people;
    await unlocked(patient, "/patient/emergency-card", "Hospitals that may hand it over");
    const { page } = patient;
    expect(await page.getByLabel("Penicillin").isChecked()).toBe(true);
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("");
    await page.getByLabel("Blood group").fill("0 negative");
    await page.getByLabel("Whom to call").fill("Ravi");
    await page.getByLabel("Telephone").fill("+91 98 7654 3210");
    await page.getByLabel("Ridgeway").check();
    await sees(patient, /I publish an emergency set with 2 entries/);
    await photograph(page, "emergency-card-form");
    const before = patient.wallet!.asked.length;
    await press(patient, "Sign and publish");
    await sees(patient, "Published. Your card opens this set.");
    expect(patient.wallet!.asked.slice(before)).toHaveLength(2);
    await sees(patient, "One hospital can hand this set");
    await photograph(page, "emergency-card");
    await page.emulateMedia({ media: "print" });
    await system.screenshot(page, "emergency-card-print");
    await page.emulateMedia({ media: "screen" });
  });
});

describe("a card", { timeout: PATIENCE }, () => {
  it("O28 opens without a wallet, in the scanner's language, and its secret leaves the browser nowhere", async () => {
    const { passerby } = people;
    const code = await readCard();
    await scan(passerby, code);
    await sees(passerby, "Penicillin");
    await sees(passerby, "0 negative");
    await sees(passerby, "Type 2 diabetes");
    expect(await passerby.page.getByText("Ananya").count()).toBe(0);
    expect(passerby.page.url()).toBe(`${system.appUrl}/card`);
    await photograph(passerby.page, "emergency-opened-card");
    await passerby.page.evaluate(() => localStorage.setItem("chartkey.language", "ar"));
    await scan(passerby, code);
    await sees(passerby, "الحساسيات");
    await photograph(passerby.page, "emergency-opened-card-ar");
    await passerby.page.evaluate(() => localStorage.setItem("chartkey.language", "en"));
  });

  it("O29 opens nothing once it was renewed; another code is told apart", async () => {
    const { patient, passerby } = people;
    await press(patient, "Change");
    await patient.page.getByLabel("Make cards printed before worthless").check();
    await press(patient, "Sign and publish");
    await sees(patient, "Published. Your card opens this set.");
    await scan(passerby, cards[0]!);
    await sees(passerby, "This card opens nothing any more");
    await photograph(passerby.page, "emergency-replaced-card");
    await scan(passerby, await readCard());
    await sees(passerby, "Penicillin");
    await scan(passerby, "chartkey-verify:1:AAAA");
    await sees(passerby, "This is not an emergency card");
    await press(passerby, "Try another");
    await passerby.page.getByLabel("Text or link of the card").fill(cards[1]!);
    await press(passerby, "Open");
    await sees(passerby, "Penicillin");
  });
});

describe("a hospital", { timeout: PATIENCE }, () => {
  it("O30 hands the set to the doctor whose emergency access is open, until it ends", async () => {
    const { admin, doctor, patient } = people;
    await unlocked(doctor, "/doctor/emergency", "Only when waiting would harm.");
    await doctor.page.getByLabel("Patient’s account", { exact: true }).fill(patient.wallet!.address);
    await doctor.page.getByLabel("Why", { exact: true }).fill("Found unconscious");
    await doctor.page.waitForTimeout(Math.max(0, confirmed + COOL_DOWN - Date.now()));
    await press(doctor, "Sign and open");
    await sees(doctor, "The hospital has handed nothing over yet.");
    await press(admin, "Hand the emergency set to this doctor");
    await sees(admin, "Handed over. The doctor sees it now.");
    await photograph(admin.page, "emergency-hand-over");
    await sees(doctor, "What the patient prepared");
    await sees(doctor, "Penicillin");
    await photograph(doctor.page, "emergency-handed-over");
    await go(patient, "/patient/emergencies");
    await press(patient, "End now");
    await press(patient, "Sign and end it now");
    await sees(patient, "Waits for review");
    const handed = doctor.page.getByRole("heading", { name: "What the patient prepared" });
    await handed.waitFor({ state: "detached", timeout: 60_000 });
  });
});

it("O07 no secret of a card was sent, and no page said anything on its console", () => {
  const sent = system.sent.join("\n");
  for (const card of cards) {
    expect(sent).not.toContain(card);
    expect(sent).not.toContain(toBase64Url(decodeCardCode(card).seed));
  }
  expect(Object.values(people).flatMap(({ errors }) => errors)).toEqual([]);
});
