import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { choose, fill, follow, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { openWard } from "./support/ward.ts";

/** A bill that a doctor writes into a chart, and what doctor and patient see of it. */

let system: System;
let doctor: Person;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  ({ doctor, patient } = await openWard(system, { read: [1], write: [1] }));
}, 240_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ doctor, patient }))
    await system.screenshot(person.page, `failed-billing-${name}`);
});

it("Text 4 a doctor bills two services in one signature, and sees them in the chart with their sum", async () => {
  await unlocked(doctor, `/doctor/patients/${patient.wallet!.address}`, "Shared with you");
  await follow(doctor, "Write a bill");
  await press(doctor, "Another service");
  await fill(doctor, { "Service 1": "Consultation", "Amount 1": "80.10", "Service 2": "ECG", "Amount 2": "40,20" });
  await choose(doctor, "Currency", /^EUR/);
  await fill(doctor, { "Insurer (optional)": "Health Mutual", "Number at the insurer (optional)": "A 123" });
  await sees(doctor, /Total: EUR\s120\.30/);
  const before = doctor.wallet!.asked.length;
  await press(doctor, "Sign bill");
  await sees(doctor, /^1 bill: EUR\s120\.30$/);
  expect(doctor.wallet!.asked.length - before).toBeLessThanOrEqual(2);
  await sees(doctor, "Consultation, ECG");
  await sees(doctor, "Medical services · Bill");
  await sees(doctor, "Health insurance");
});

it("the patient reads what was done, what it costs and who is to pay", async () => {
  await unlocked(patient, "/patient/chart?category=1", /^1 bill: EUR\s120\.30$/);
  await follow(patient, "Health Mutual");
  await sees(patient, "A 123");
  await follow(patient, "Your chart");
  await follow(patient, "Consultation, ECG");
  await sees(patient, "Consultation: 80.10 EUR");
  await sees(patient, "ECG: 40.20 EUR");
  expect([...doctor.errors, ...patient.errors]).toEqual([]);
});

it("O07 nothing readable of a bill left a browser", () => {
  expect(system.sent.filter((text) => /Consultation|Health Mutual|A 123/.test(text))).toEqual([]);
});
