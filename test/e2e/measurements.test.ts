import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { fill, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { openWard } from "./support/ward.ts";

/** Values that a doctor enters, and what doctor and patient see of them over time. */

let system: System;
let doctor: Person;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  ({ doctor, patient } = await openWard(system, { read: [7], write: [7] }));
}, 240_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ doctor, patient }))
    await system.screenshot(person.page, `failed-measurements-${name}`);
});

const rows = ({ page }: Person) => page.getByRole("main").getByRole("link", { name: "Potassium", exact: true });

async function enter(fields: Record<string, string>, count: number): Promise<void> {
  await follow(doctor, "Measured value");
  await fill(doctor, fields);
  await press(doctor, "Sign result");
  await expect.poll(() => rows(doctor).count(), { timeout: 60_000 }).toBe(count);
}

it("a doctor chooses a test of the list, and its unit is there; one signature", async () => {
  await unlocked(doctor, `/doctor/patients/${patient.wallet!.address}`, "Shared with you");
  await follow(doctor, "Measured value");
  await fill(doctor, { Test: "Potassium (mmol/L)", Value: "5,9", "Usual from (optional)": "3.5" });
  expect(await doctor.page.getByLabel("Unit", { exact: true }).inputValue()).toBe("mmol/L");
  await fill(doctor, { "Usual to (optional)": "5.1" });
  await sees(doctor, "Recorded as LOINC 2823-3, Potassium [Moles/volume] in Serum or Plasma.");
  await sees(doctor, "High");
  await system.screenshot(doctor.page, "doctor-measure");
  const before = doctor.wallet!.asked.length;
  await press(doctor, "Sign result");
  await rows(doctor).waitFor();
  expect(doctor.wallet!.asked.length - before).toBeLessThanOrEqual(2);
});

it("what cannot be a number is said, and nothing is signed", async () => {
  await follow(doctor, "Measured value");
  await fill(doctor, { Test: "Potassium", Value: "1,234" });
  const before = doctor.wallet!.asked.length;
  await press(doctor, "Sign result");
  await doctor.page.getByRole("alert").getByText("Write digits").waitFor();
  expect(doctor.wallet!.asked.length).toBe(before);
  await fill(doctor, { Test: "", Value: "" });
  await follow(doctor, "Chart");
});

it("the patient sees values over time, and never two units on one axis", async () => {
  const range = { "Usual from (optional)": "3.5", "Usual to (optional)": "5.1" };
  await enter({ Test: "Potassium (mmol/L)", Value: "4.4", ...range }, 2);
  await unlocked(patient, "/patient/chart", "Potassium");
  await expect.poll(() => rows(patient).count()).toBe(2);
  await enter({ Test: "Potassium", Value: "17", Unit: "mg/dL" }, 3);
  // Whoever reads meanwhile is told, and nothing moves before he asks for it.
  await patient.page.getByRole("status").getByText("1 new entry").waitFor({ timeout: 60_000 });
  expect(await rows(patient).count()).toBe(2);
  await press(patient, "Show");
  await expect.poll(() => rows(patient).count()).toBe(3);
  const high = patient.page.getByRole("row").filter({ hasText: "5.9" });
  await high.getByRole("link", { name: "Potassium", exact: true }).click();
  await sees(patient, "Over time");
  const pictures = patient.page.getByRole("main").getByRole("img");
  await expect.poll(() => pictures.count()).toBe(1);
  expect(await pictures.getAttribute("aria-label")).toMatch(
    /^Potassium in mmol\/L: 2 values .* lowest 4\.4, highest 5\.9/,
  );
  const table = patient.page.getByRole("table", { name: "Values of Potassium in mmol/L, newest first" });
  expect(await table.getByRole("row").allInnerTexts()).toHaveLength(3);
  await table.getByText("High").waitFor();
  await table.getByText("Usual", { exact: true }).first().waitFor();
  await system.screenshot(patient.page, "patient-trend");
  expect([...doctor.errors, ...patient.errors]).toEqual([]);
});

it("a blood pressure is one result of two values, and two lines over time", async () => {
  const enterPressure = async (systolic: string, diastolic: string) => {
    await follow(doctor, "Measured value");
    await fill(doctor, { Test: "Blood pressure" });
    const values = doctor.page.getByLabel("mmHg", { exact: true });
    await values.first().fill(systolic);
    await values.last().fill(diastolic);
    await press(doctor, "Sign result");
    await sees(doctor, `${systolic}/${diastolic}`);
  };
  await go(doctor, `/doctor/patients/${patient.wallet!.address}`);
  await enterPressure("120", "80");
  await enterPressure("135", "85");
  await follow(doctor, "Blood pressure");
  const picture = doctor.page.getByRole("main").getByRole("img");
  await expect
    .poll(() => picture.getAttribute("aria-label"))
    .toMatch(/^Blood pressure in mmHg: 2 results .* Newest 135\/85\.$/);
  await sees(doctor, /The solid line is the systolic pressure/);
});

it("a field that Shift and Tab lead back to stands below the patient's band, with its label", async () => {
  const { page } = doctor;
  await page.setViewportSize({ width: 1280, height: 480 });
  await unlocked(doctor, `/doctor/patients/${patient.wallet!.address}/write/measure`, "Measured value");
  await page.getByRole("button", { name: "Sign result" }).focus();
  const covered: string[] = [];
  let fields = 0;
  while (!(await page.getByLabel("Test", { exact: true }).evaluate((field) => field === document.activeElement))) {
    await page.keyboard.press("Shift+Tab");
    const stop = await page.evaluate(async () => {
      // What the focus scrolls to stands some frames later.
      for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      const focused = document.activeElement;
      const band = document.querySelector(".ck-patient")!.getBoundingClientRect();
      const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : [];
      const tops = [focused!, ...labels].map((element) => element.getBoundingClientRect().top);
      const top = Math.min(...tops);
      const facts = { top, bottom: band.bottom, html: focused!.outerHTML };
      return { ...facts, isCovered: top < band.bottom, isField: labels.length > 0 };
    });
    if (stop.isField) fields += 1;
    if (stop.isCovered) covered.push(`${stop.top} above ${stop.bottom}: ${stop.html.slice(0, 120)}`);
  }
  expect(fields).toBeGreaterThan(4);
  expect(covered).toEqual([]);
});

it("O07 nothing readable left a browser", () => {
  expect(system.sent.filter((text) => /Potassium|2823-3|Blood pressure|85354-9/.test(text))).toEqual([]);
});
