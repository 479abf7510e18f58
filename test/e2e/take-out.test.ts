import { readFile } from "node:fs/promises";
import { canonicalBytes, claim, createHospital, invite, publishRecord, setAccreditation } from "@chartkey/sdk";
import { buildDiagnosis, readBundle } from "@chartkey/sdk/records";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { within } from "./support/budget.ts";
import { connect, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** What a patient takes out of the chart, in the browser: a file, and a page of paper. */

const PATIENCE = 180_000;

let system: System;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  const [admin, own] = await Promise.all([1, 3].map((index) => unlockedActor(system.stack, index)));
  const hospital = await createHospital(admin!, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(system.stack, 0), hospital, "accredited");
  await claim(own!, await invite(admin!, 1, { role: "patient" }), { name: "Ananya" });
  const [subject, date] = [{ display: "Ananya Sharma" }, new Date().toISOString()];
  const data = canonicalBytes(buildDiagnosis({ patient: subject, author: subject, date, text: "Asthma" }));
  const draft = { category: 5, meta: { contentType: "application/fhir+json" }, data };
  await publishRecord(own!, own!.wallet.account.address, draft);
  patient = await system.open(3);
  // Without the browser's own dialog, which nobody could answer here, it saves a Blob.
  await patient.page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  await connect(patient);
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await system.screenshot(patient.page, "failed-take-out");
});

describe("records that are taken out", () => {
  it(
    "are a summary that other programs read, made on the device",
    async () => {
      await unlocked(patient, "/patient/take-out", "The file is not encrypted.");
      const [download] = await Promise.all([
        patient.page.waitForEvent("download", { timeout: PATIENCE }),
        press(patient, "Make the file"),
      ]);
      expect(download.suggestedFilename()).toMatch(/^chart-ips-\d{4}-\d{2}-\d{2}\.json$/);
      const { items, refused } = await readBundle(await readFile(await download.path()), "ips.json");
      expect(refused).toEqual([]);
      expect(items.map(({ resource }) => resource.resourceType)).toEqual([
        "Composition",
        "Patient",
        "Condition",
        "Device",
      ]);
      await sees(patient, "Your chart is as it was.");
    },
    PATIENCE,
  );

  it(
    "are a page of paper that says what is not recorded",
    async () => {
      await patient.page.evaluate(() => {
        window.print = () => document.body.setAttribute("data-printed", document.body.innerText);
      });
      const printed = patient.page.locator("body[data-printed]");
      await within(patient, { clicks: 1, signatures: 0 }, async () => {
        await press(patient, "Print the summary");
        await printed.waitFor({ timeout: PATIENCE });
      });
      expect(await printed.getAttribute("data-printed")).toContain("Asthma");
      const sheet = patient.page.getByRole("article", { name: "Patient summary" });
      await sheet.getByText("Asthma").waitFor({ timeout: PATIENCE });
      expect(await sheet.getByText("None recorded.").count()).toBe(2);
      await patient.page.emulateMedia({ media: "print" });
      expect(await patient.page.getByRole("button", { name: "Print the summary" }).isVisible()).toBe(false);
      expect(await sheet.isVisible()).toBe(true);
      await patient.page.emulateMedia({ media: "screen" });
    },
    PATIENCE,
  );
});
