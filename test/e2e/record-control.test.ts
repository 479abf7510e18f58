import { readFile } from "node:fs/promises";
import {
  canonicalBytes,
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  publishRecord,
  readHospital,
  setAccreditation,
} from "@chartkey/sdk";
import { buildDiagnosis } from "@chartkey/sdk/records";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { choose, connect, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** What a patient does with records after they were written, at his browser, his doctor's, and that of whom he shares one with. */

const PATIENCE = 180_000;
const DOCTOR = "Dr Amara Okafor";
const FINDINGS = ["Type 2 diabetes", "Asthma"];

let system: System;
let people: Record<"doctor" | "patient" | "colleague", Person>;
/** Pages of the findings in the patient's chart, in their order. */
let pages: string[];

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const [admin, doctor, patient, colleague] = await Promise.all(
    [1, 2, 3, 5].map((index) => unlockedActor(stack, index)),
  );
  const hospital = await createHospital(admin!, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  for (const [member, name] of [
    [doctor!, DOCTOR],
    [colleague!, "Dr Tomasz Wiśniewski"],
  ] as const) {
    const account = member.wallet.account.address;
    await claim(member, await invite(admin!, 1, { role: "doctor", speciality: 2 }), { name });
    const staff = { account, name, role: "doctor", speciality: 2 } as const;
    await confirmMember(admin!, await readHospital(admin!.chain, 1), account, staff);
  }
  await claim(patient!, await invite(admin!, 1, { role: "patient" }), { name: "Ananya" });
  const [subject, date] = [{ display: "Ananya Sharma" }, new Date().toISOString()];
  pages = [];
  for (const finding of FINDINGS) {
    const data = canonicalBytes(buildDiagnosis({ patient: subject, author: subject, date, text: finding }));
    const draft = { category: 5, meta: { contentType: "application/fhir+json" }, data };
    const recordId = await publishRecord(patient!, patient!.wallet.account.address, draft);
    pages.push(`/patient/chart/${recordId}.0.0`);
  }
  const expiry = Math.floor(Date.now() / 1000) + 7200;
  const grantee = doctor!.wallet.account.address;
  await grantAccess(patient!, { grantee, hospital: 1, read: [5], write: [], expiry });
  const open = async (index: number) => {
    const person = await system.open(index);
    await connect(person);
    return person;
  };
  people = { doctor: await open(2), patient: await open(3), colleague: await open(5) };
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, { page }] of Object.entries(people)) await system.screenshot(page, `failed-${name}`);
});

/** The same page as others see it: dark, on a narrow screen. */
async function photograph(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!;
  await system.screenshot(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 800 });
  const moving = () => document.getAnimations().filter(({ playState }) => playState === "running").length;
  await expect.poll(() => page.evaluate(moving)).toBe(0);
  await system.screenshot(page, `${name}-dark-360`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Chooses what to do with the entry on the page, and signs it; the report of the stores is left open. */
async function act(person: Person, choice: string, sign: string, done: string): Promise<void> {
  await press(person, "Hide, share, erase");
  await press(person, choice);
  await photograph(person.page, `control-${choice.toLowerCase().replace(/\W/g, "-")}`);
  await press(person, sign);
  await person.page.getByRole("dialog").getByRole("heading", { name: done }).waitFor({ timeout: 60_000 });
}

/** Opens the chart at the doctor's, as it is now. */
async function reads({ doctor, patient }: typeof people): Promise<void> {
  await unlocked(doctor, "/doctor", /^Today$/);
  await unlocked(doctor, `/doctor/patients/${patient.wallet!.address}`, "All entries");
}

describe("a patient", { timeout: PATIENCE }, () => {
  it("hides an entry with one signature; the doctor sees that it is hidden, not that it is damaged", async () => {
    const { doctor, patient } = people;
    await unlocked(patient, pages[0]!, "On the chain");
    const before = patient.wallet!.asked.length;
    await act(patient, "Hide", "Sign and hide", "Hidden");
    expect(patient.wallet!.asked.slice(before).filter((line) => line.startsWith("transaction"))).toHaveLength(1);
    await sees(patient, /Sealed entry \(1\): removed/);
    await photograph(patient.page, "control-hidden-report");
    await press(patient, "Close");
    await sees(patient, "You hide this entry.");
    await photograph(patient.page, "control-hidden");
    await reads(people);
    await sees(doctor, "Hidden by the patient");
    await sees(doctor, "Asthma");
    expect(await doctor.page.getByText("Type 2 diabetes").count()).toBe(0);
    expect(await doctor.page.getByText(/damaged/i).count()).toBe(0);
    await photograph(doctor.page, "control-doctor-chart");
  });

  it("shows it again, and the doctor reads it", async () => {
    const { doctor, patient } = people;
    await act(patient, "Show again", "Sign and show", "Shown again");
    await press(patient, "Close");
    await reads(people);
    await sees(doctor, "Type 2 diabetes");
  });

  it("shares an entry with an account that has no access, which opens it by its text, until it is withdrawn", async () => {
    const { colleague, patient } = people;
    await press(patient, "Hide, share, erase");
    await press(patient, "Share");
    await choose(patient, "With whom", /Wiśniewski/);
    await patient.page.getByText(/^I share Type 2 diabetes with/).waitFor();
    await photograph(patient.page, "control-share");
    await press(patient, "Sign and share");
    const code = await patient.page
      .getByLabel("Text of the shared entry", { exact: true })
      .inputValue({ timeout: 60_000 });
    await photograph(patient.page, "control-shared");
    await press(patient, "Close");
    await unlocked(colleague, "/shared", "Text that you were sent");
    await colleague.page.getByLabel("Text that you were sent").fill(code);
    await press(colleague, "Open");
    await sees(colleague, "Type 2 diabetes");
    await photograph(colleague.page, "control-received");
    await go(patient, "/patient/access");
    await sees(patient, "Single entries that you share");
    await photograph(patient.page, "control-access");
    await press(patient, /^Withdraw Type 2 diabetes/);
    await press(patient, "Sign and withdraw");
    await patient.page.getByRole("dialog").getByRole("heading", { name: "Withdrawn" }).waitFor({ timeout: 60_000 });
    await press(patient, "Close");
    await colleague.page.getByLabel("Text that you were sent").fill(code);
    await press(colleague, "Open");
    await sees(colleague, "This entry is not shared with you any more");
  });

  it("is told who was handed files for the first time until it is seen, and not again after a reload", async () => {
    const { patient } = people;
    const { page } = patient;
    await go(patient, "/patient");
    const notice = page.getByRole("status").filter({ hasText: "2 people were handed files of your chart" });
    for (const name of [DOCTOR, "Dr Tomasz Wiśniewski"])
      await notice
        .getByRole("listitem")
        .filter({ hasText: new RegExp(`^${name}, first on .*file.*\\(diagnoses\\)$`) })
        .waitFor();
    await page.getByRole("link", { name: "Access 2 new readers" }).waitFor();
    await photograph(page, "control-first-access");
    await press(patient, "Seen");
    await notice.waitFor({ state: "detached" });
    await page.reload();
    const isList = (url: string) => /receipts\?.*first=/.test(url);
    const told = page.waitForResponse((response) => isList(response.url()) && response.request().method() === "GET");
    await unlocked(patient, "/patient", "Who can read your chart");
    expect((await told).status()).toBe(200);
    expect(await page.getByText("handed files of your chart").count()).toBe(0);
    await go(patient, "/patient/access");
    await follow(patient, "What stores handed out of your chart");
    await sees(patient, "Handed to: Dr Amara Okafor");
    await go(patient, "/patient");
    await sees(patient, "Who can read your chart");
    expect(await page.getByText("handed files of your chart").count()).toBe(0);
  });

  it("sees what the store handed to the doctor, and that he signed for it", async () => {
    const { patient } = people;
    await go(patient, "/patient/access");
    await patient.page.getByRole("link", { name: "What stores handed out of your chart" }).click();
    const his = patient.page.getByRole("listitem").filter({ hasText: "Handed to: Dr Amara Okafor" });
    await his.filter({ hasText: "Confirmed by this person’s wallet" }).first().waitFor();
    // The doctor's and the colleague's, also where the list of other documents is closed.
    expect(await patient.page.getByText("This reader’s first in this time").count()).toBe(2);
    expect(await patient.page.getByText("Handed to: You").count()).toBe(0);
    await patient.page.getByLabel("Show what I fetched myself").check();
    await sees(patient, "Handed to: You");
  });

  it("saves all of that as a table", async () => {
    const { page } = people.patient;
    // Without the browser's own dialog a file is saved as a download.
    await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
    const saved = page.waitForEvent("download");
    await press(people.patient, "Save as a table (CSV)");
    const lines = (await readFile(await (await saved).path(), "utf8")).split("\r\n");
    expect(lines.some((line) => line.includes("granted"))).toBe(true);
    expect(lines.some((line) => line.includes("delivered") && line.includes("signature"))).toBe(true);
    await sees(people.patient, /^Saved, with \d+ lines/);
  });

  it("erases an entry, and is told what each store did", async () => {
    const { doctor, patient } = people;
    await go(patient, pages[1]!);
    await sees(patient, "On the chain");
    await act(patient, "Erase", "Sign and erase", "Erased");
    await sees(patient, /Page of keys \(\d+\): removed/);
    await photograph(patient.page, "control-erased-report");
    await press(patient, "Close");
    await sees(patient, "The patient erased this entry.");
    await reads(people);
    await sees(doctor, "Erased by the patient");
    expect(await doctor.page.getByText("Asthma").count()).toBe(0);
  });

  it("revokes the doctor and seals again what he could open", async () => {
    const { patient } = people;
    await go(patient, "/patient/access");
    await press(patient, /^Revoke and seal again: Dr Amara/);
    await photograph(patient.page, "control-seal-again");
    await press(patient, "Sign, revoke and seal again");
    await patient.page
      .getByRole("dialog")
      .getByRole("heading", { name: "Revoked and sealed again" })
      .waitFor({ timeout: 60_000 });
    await sees(patient, /Entries sealed again: 1\./);
    await photograph(patient.page, "control-sealed-again");
    await press(patient, "Close");
  });

  it("reads the same in Arabic, from right to left", async () => {
    const { patient } = people;
    await press(patient, "Language");
    await press(patient, "العربية");
    await photograph(patient.page, "control-access-ar");
    await go(patient, pages[0]!);
    await sees(patient, "على السلسلة");
    await press(patient, "إخفاء، مشاركة، محو");
    await photograph(patient.page, "control-menu-ar");
    await press(patient, "أخفِ");
    await photograph(patient.page, "control-hide-ar");
  });
});

it("no page said anything on its console, but the browser which files a store had no more", () => {
  const errors = Object.values(people).flatMap((person) => person.errors);
  expect(errors.filter((line) => !line.startsWith("Failed to load resource"))).toEqual([]);
});
