import { createHospital, setAccreditation } from "@chartkey/sdk";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { connect, fill, follow, makeKey, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** A hospital prepares records for somebody who has never used Chartkey. */

const FILE = {
  resourceType: "Bundle",
  type: "collection",
  entry: [
    { resource: { resourceType: "Observation", status: "final", code: { text: "Blood sugar, secretly high" } } },
    { resource: { resourceType: "AllergyIntolerance", code: { text: "Penicillin" }, patient: { display: "A" } } },
    { resource: { resourceType: "Observation", status: "nonsense", code: { text: "Not valid" } } },
  ],
};

let system: System;
let admin: Person;
let patient: Person;
let link: string;

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const hospital = await createHospital(await unlockedActor(stack, 1), { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  [admin, patient] = (await Promise.all([1, 3].map((index) => system.open(index)))) as [Person, Person];
});
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ admin, patient }))
    await system.screenshot(person.page, `failed-staging-${name}`);
});

const linkOf = () => admin.page.getByRole("textbox", { name: "Link", exact: true }).inputValue();

it("O18 an admin prepares a file for an invitation, and hands over the new link", async () => {
  await connect(admin);
  await unlocked(admin, "/hospital/invite", "Who may use it");
  await press(admin, "Sign invitation");
  await sees(admin, "Prepare records for this person");
  const before = await linkOf();
  const buffer = Buffer.from(JSON.stringify(FILE));
  await admin.page.getByLabel("FHIR file").setInputFiles({ name: "old.json", mimeType: "application/json", buffer });
  await sees(admin, "Can be added: 2");
  await sees(admin, "Refused: 1");
  await press(admin, "Sign and prepare 2 records");
  await sees(admin, /^2 records are prepared/);
  await sees(admin, /also reads the records that you prepared/);
  await system.screenshot(admin.page, "admin-prepared");
  link = await linkOf();
  expect(link).not.toBe(before);
});

it("O07 O18 the patient is told after making a key, adds them, and finds them in the chart", async () => {
  await patient.page.goto(link);
  await connect(patient);
  await fill(patient, { "Your name": "Ananya Sharma", "Date of birth": "1984-02-29" });
  await press(patient, "Use invitation");
  await sees(patient, "You belong to Ridgeway");
  await follow(patient, "Make your key");
  await makeKey(patient);
  await sees(patient, "A hospital prepared 2 records for you.");
  await system.screenshot(patient.page, "patient-prepared-notice");
  await follow(patient, "See them");
  await sees(patient, /and are not in your chart yet/);
  await system.screenshot(patient.page, "patient-prepared");
  await press(patient, "Sign and add 2 records");
  await sees(patient, "Added to your chart: 2");
  await follow(patient, "See your chart");
  await sees(patient, "Blood sugar, secretly high");
  expect(patient.page.url()).not.toContain("#");
  expect(system.sent.filter((text) => text.includes("secretly high"))).toEqual([]);
  expect([...admin.errors, ...patient.errors]).toEqual([]);
});
