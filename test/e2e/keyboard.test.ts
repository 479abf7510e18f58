import { readOrders, showOrder } from "@chartkey/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { seed } from "../../scripts/seed.ts";
import { move, pick, reach, use, write } from "./support/keyboard.ts";
import type { Person } from "./support/person.ts";
import { sees } from "./support/steps.ts";
import { type System, startSystem } from "./support/system.ts";

/** The ways of every day without a mouse: Tab, Enter, Space and arrows alone, from the first page on. */

let system: System;
let patient: Person;
let doctor: Person;
let pharmacist: Person;
/** Private code of a prescription. */
let code: string;

async function arrive(accountIndex: number): Promise<Person> {
  const person = await system.open(accountIndex);
  await use(person, "button", "Connect");
  await use(person, "button", "Use Test Wallet");
  return person;
}

beforeAll(async () => {
  system = await startSystem();
  await seed(system.stack);
  const session = await unlockedActor(system.stack, 3);
  const account = session.wallet.account.address;
  const [order] = await readOrders(session.chain, { patient: account });
  code = await showOrder(session, account, order!.id);
}, 360_000);
afterAll(async () => system?.close());
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ patient, doctor, pharmacist }))
    if (person !== undefined) await system.screenshot(person.page, `failed-keyboard-${name}`);
});

const labelled = ({ page }: Person, label: string) => page.getByRole("main").getByLabel(label, { exact: true });
const group = ({ page }: Person, name: string) => page.getByRole("group", { name });

describe("by keyboard alone", () => {
  it("Fig 6, Text 2 a patient opens the key and reads a record", async () => {
    patient = await arrive(3);
    await use(patient, "link", "Chart");
    await use(patient, "button", "Unlock");
    await use(patient, "link", "Type 2 diabetes mellitus");
    await sees(patient, "On the chain");
  });

  it("a patient gives a doctor access", async () => {
    await use(patient, "link", "Access");
    await use(patient, "link", "Give access");
    await move(patient, labelled(patient, "Doctor"), "ArrowDown");
    await use(patient, "button", "Choose what a visit needs", "Space");
    await use(patient, "button", "Sign and give access");
    await sees(patient, /Access given/);
  });

  it("a patient looks through the access log by time and reader, and saves it", async () => {
    const { page } = patient;
    await use(patient, "link", "Access");
    await use(patient, "link", "What stores handed out of your chart");
    await sees(patient, "What stores handed out");
    await pick(patient, labelled(patient, "Time"), "The last 365 days");
    const own = labelled(patient, "Show what I fetched myself");
    await reach(patient, own);
    await page.keyboard.press("Space");
    await expect.poll(() => own.isChecked()).toBe(true);
    // Without the browser's own dialog a file is saved as a download.
    await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
    for (const format of ["Save as a table (CSV)", "Save as FHIR AuditEvents"]) {
      const saved = page.waitForEvent("download");
      await use(patient, "button", format);
      expect((await saved).suggestedFilename()).toMatch(/^access-log-/);
    }
    await sees(patient, /^Saved, with \d+ lines?\./);
  });

  it("a patient books a visit", async () => {
    await use(patient, "link", "Visits");
    await use(patient, "link", "Book a visit");
    await move(patient, labelled(patient, "Doctor"), "ArrowDown");
    // Round to the last day, which is never today.
    await move(patient, group(patient, "Day"), "ArrowUp");
    await move(patient, group(patient, "Time"), "ArrowDown");
    await write(patient, "What troubles you?", "A cough");
    await use(patient, "button", "Sign and book");
    await sees(patient, "Booked. The doctor has to confirm it.");
  });

  it("a doctor prescribes", async () => {
    doctor = await arrive(2);
    await use(doctor, "link", "Patients");
    await use(doctor, "button", "Unlock");
    await use(doctor, "link", /^Ananya Sharma/);
    await use(doctor, "link", "Prescribe");
    await write(doctor, "Medicine", "acetaminophen 500");
    await doctor.page.getByRole("listbox").getByRole("option").first().waitFor();
    await doctor.page.keyboard.press("ArrowDown");
    await doctor.page.keyboard.press("Enter");
    await sees(doctor, "Recorded with the code RxNorm 198440.");
    await write(doctor, "How to take it", "1 tablet if needed");
    await use(doctor, "button", "Add medicine");
    await use(doctor, "button", "Sign prescription");
    await sees(doctor, "Prescriptions that you signed");
    await sees(doctor, "Acetaminophen 500 MG Oral Tablet");
  });

  it("a pharmacist hands out what a code opens", async () => {
    pharmacist = await arrive(4);
    await use(pharmacist, "link", "Dispense");
    await write(pharmacist, "Text of the code", code);
    await use(pharmacist, "button", "Open prescription");
    await use(pharmacist, "button", "Sign and dispense");
    await sees(pharmacist, "Recorded. Hand out now:");
  });
});
