import {
  HEALTH_CARD_TYPE,
  type UnlockedSession,
  canonicalBytes,
  claim,
  createHospital,
  invite,
  makeHealthLink,
  publishRecord,
  readHealthLinks,
  setAccreditation,
} from "@chartkey/sdk";
import { buildDiagnosis } from "@chartkey/sdk/records";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { cardFile, newCardIssuer } from "../support/card-issuer.ts";
import { within } from "./support/budget.ts";
import { choose, connect, fill, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** A patient gives a link; somebody without a wallet opens it in a browser of his own, until it is ended. */

const PATIENCE = 240_000;
const PASSCODE = "correct horse";

let system: System;
let own: UnlockedSession;
let patient: Person;
let reader: Person;
let address: string;

beforeAll(async () => {
  system = await startSystem();
  const admin = await unlockedActor(system.stack, 1);
  own = await unlockedActor(system.stack, 3);
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(system.stack, 0), hospital, "accredited");
  await claim(own, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  await publishDiagnosis("Asthma");
  patient = await system.open(3);
  await connect(patient);
  reader = await system.open();
  // Without the browser's own dialog, which nobody could answer here, it saves a Blob.
  await reader.page.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  await system.screenshot(patient.page, "failed-health-links");
  await system.screenshot(reader.page, "failed-health-links-reader");
});

/** Adds a diagnosis to the patient's chart. */
async function publishDiagnosis(text: string): Promise<void> {
  const [subject, date] = [{ display: "Ananya Sharma" }, new Date().toISOString()];
  const data = canonicalBytes(buildDiagnosis({ patient: subject, author: subject, date, text }));
  const draft = { category: 5, meta: { contentType: "application/fhir+json" }, data };
  await publishRecord(own, own.wallet.account.address, draft);
}

/** Opens the link as another would, in a page of his own. */
async function openLink(passcode: string): Promise<void> {
  await reader.page.goto("about:blank");
  await reader.page.goto(address);
  await sees(reader, "For the clinic");
  await fill(reader, { "Who are you?": "Dr Roth, City Clinic", Passcode: passcode });
  await press(reader, "Open the records");
}

describe("a health link", () => {
  it(
    "is made without a signature, and shown as a picture",
    async () => {
      await unlocked(patient, "/patient/links", "What the link opens");
      await sees(patient, "You have no link.");
      await within(patient, "share by a code", async () => {
        await fill(patient, { "Words on the link": "For the clinic", "Passcode (recommended)": PASSCODE });
        await choose(patient, "Ends after", "a week");
        await sees(patient, "Hard to guess.");
        await press(patient, "Make the link");
        await patient.page.getByRole("img", { name: "Code of this health link" }).waitFor({ timeout: PATIENCE });
      });
      address = await patient.page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
      expect(address).toMatch(/\/shl#shlink:\/[\w-]+$/);
      await press(patient, "Done");
      await sees(patient, "Not opened");
    },
    PATIENCE,
  );

  it(
    "opens for somebody without a wallet who knows the passcode, in a document that leads nowhere else",
    async () => {
      await openLink("000000");
      await sees(reader, /9 more tries are left/);
      expect(reader.page.url()).toBe(`${system.appUrl}/shl`);
      await fill(reader, { Passcode: PASSCODE });
      await press(reader, "Open the records");
      await sees(reader, "These records came without a signature");
      await sees(reader, "Asthma");
      const [download] = await Promise.all([
        reader.page.waitForEvent("download", { timeout: PATIENCE }),
        press(reader, "Save as a file"),
      ]);
      expect(download.suggestedFilename()).toBe("health-link.json");
      const { links } = await readHealthLinks(own);
      expect(links[0]).toMatchObject({ uses: 1, openings: [{ recipient: "Dr Roth, City Clinic" }] });
      // What stands behind the # of the address is a secret that no server is sent.
      const secret = address.split("shlink:/")[1]!;
      expect(system.sent.filter((sent) => sent.includes(secret))).toEqual([]);
    },
    PATIENCE,
  );

  it(
    "tells its patient who opened it, and opens nothing once it is ended",
    async () => {
      await patient.page.reload();
      await connectAgain();
      await sees(patient, "Opened once");
      await patient.page.getByText("Who opened it").click();
      await sees(patient, "Dr Roth, City Clinic");
      await press(patient, "End For the clinic");
      await press(patient, "End the link");
      await sees(patient, "Ended by you");
      await openLink(PASSCODE);
      await sees(reader, "This link opens nothing");
      expect(patient.errors.filter((error) => !/401|404/.test(error))).toEqual([]);
      expect(reader.errors.filter((error) => !/401|404/.test(error))).toEqual([]);
    },
    PATIENCE,
  );
});

describe("a health link that may be renewed", () => {
  it(
    "opens by the same address what its patient chose last",
    async () => {
      await fill(patient, { "Words on the link": "For my nurse" });
      await patient.page.getByLabel("I may renew what it opens").check();
      await press(patient, "Make the link");
      const code = patient.page.getByRole("textbox", { name: "Link", exact: true });
      await code.waitFor({ timeout: PATIENCE });
      const renewable = await code.inputValue();
      await press(patient, "Done");
      await reader.page.goto("about:blank");
      await reader.page.goto(renewable);
      await fill(reader, { "Who are you?": "Dr Roth, City Clinic" });
      await press(reader, "Open the records");
      await sees(reader, "Asthma");
      await publishDiagnosis("Hay fever");
      await press(patient, "Renew what For my nurse opens");
      await patient.page.getByRole("dialog").getByLabel("Diagnoses", { exact: true }).check();
      await press(patient, "Renew it");
      await patient.page.getByRole("dialog").getByText("The link is renewed.").waitFor({ timeout: PATIENCE });
      await press(patient, "Done");
      await sees(patient, "Renewed");
      await press(reader, "Ask again");
      await sees(reader, "Hay fever");
    },
    PATIENCE,
  );
});

describe("a health link with a SMART Health Card", () => {
  it(
    "shows the card unchecked, and asks its issuer for keys when somebody says so",
    async () => {
      const { issue, issuer, keyFile } = await newCardIssuer();
      const asthma = { resourceType: "Condition", code: { text: "Asthma" }, subject: { display: "me" } };
      const files = [{ contentType: HEALTH_CARD_TYPE, data: cardFile(await issue([asthma])) }];
      const { text } = await makeHealthLink(own, { files, exp: Math.floor(Date.now() / 1000) + 3600 });
      const asked: string[] = [];
      await reader.page.route(`${new URL(issuer).origin}/**`, (route) => {
        asked.push(route.request().url());
        const headers = { "access-control-allow-origin": "*" };
        return route.fulfill({ headers, contentType: "application/json", body: Buffer.from(keyFile) });
      });
      await reader.page.goto("about:blank");
      await reader.page.goto(`${system.appUrl}/shl#${text}`);
      await fill(reader, { "Who are you?": "Dr Roth, City Clinic" });
      await press(reader, "Open the records");
      await sees(reader, "Signature not checked");
      await sees(reader, "Asthma");
      expect(asked).toEqual([]);
      await press(reader, "Ask clinic.example for its keys");
      await sees(reader, "Signature holds");
      expect(asked).toEqual([`${issuer}/.well-known/jwks.json`]);
      const others = JSON.stringify({ keys: [(await newCardIssuer()).key] });
      const buffer = Buffer.from(others);
      await reader.page
        .getByLabel("Or choose a file with its keys")
        .setInputFiles({ name: "jwks.json", mimeType: "application/json", buffer });
      await sees(reader, /is not among those given/);
      expect(reader.errors.filter((error) => !/401|404/.test(error))).toEqual([]);
    },
    PATIENCE,
  );
});

/** After a reload the wallet is still connected, and the key locked. */
async function connectAgain(): Promise<void> {
  await unlocked(patient, "/patient/links", "What the link opens");
}
