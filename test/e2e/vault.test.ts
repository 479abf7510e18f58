import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connect, go, makeKey, press, sees } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** The ways to open a vault, in a real browser with an authenticator that Chromium plays. */

const PASSCODE = "correct horse";

let system: System;
let patient: Person;
let code: string;

beforeAll(async () => {
  system = await startSystem();
  patient = await system.open(3);
  const devtools = await patient.page.context().newCDPSession(patient.page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
    },
  });
  // A passkey belongs to a name: an address cannot have one.
  await patient.page.goto(system.appUrl.replace("127.0.0.1", "localhost"));
});
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await system.screenshot(patient.page, "failed-vault");
});

const dialog = () => patient.page.getByRole("dialog");

async function change(name: string, fields: Record<string, string> = {}): Promise<void> {
  await press(patient, name);
  for (const [label, value] of Object.entries(fields)) await dialog().getByLabel(label, { exact: true }).fill(value);
  await dialog().getByRole("button", { name, exact: true }).click();
  await dialog().waitFor({ state: "detached" });
}

async function lock(): Promise<void> {
  await press(patient, "Lock your key");
  await sees(patient, "Unlock your key");
}

describe("the ways to open one's records", () => {
  it("are shown once a key is made", async () => {
    await connect(patient);
    await go(patient, "/key");
    code = await makeKey(patient);
    await sees(patient, "Ways to open your records");
    await sees(patient, "Its signature opens the key.");
  });

  it("Fig 6 take a passkey, which then opens the key", async () => {
    await change("Add a passkey");
    await sees(patient, "The device or security key that made it opens the key.");
    await system.screenshot(patient.page, "ways-to-open");
    await lock();
    await press(patient, "Use a passkey");
    await press(patient, "Use the passkey");
    await sees(patient, "Ways to open your records");
  });

  it("take a passcode, which is asked for beside the wallet then", async () => {
    await change("Set a passcode", { "New passcode": PASSCODE });
    await lock();
    await patient.page.getByLabel("Your passcode").fill("another horse");
    await press(patient, "Unlock");
    await sees(patient, "This does not open it");
    await patient.page.getByLabel("Your passcode").fill(PASSCODE);
    await press(patient, "Unlock");
    await sees(patient, "together with your passcode");
  });

  it("replace the key, and the recovery code", async () => {
    await change("Replace the key", { "Your passcode": PASSCODE });
    await press(patient, "Make a new recovery code");
    await patient.page.getByLabel("Your passcode").fill(PASSCODE);
    await press(patient, "Unlock");
    const groups = patient.page.getByRole("list", { name: "Recovery code" }).getByRole("listitem");
    await groups.first().waitFor();
    const before = code;
    code = (await groups.allInnerTexts()).join("-");
    expect(code).not.toBe(before);
    await press(patient, "I wrote it down");
    await patient.page.getByLabel("Last group of the recovery code").fill(code.slice(-4));
    await press(patient, "Publish the new code");
    await sees(patient, "Ways to open your records");
    await lock();
    await press(patient, "Use recovery code");
    await patient.page.getByLabel("Recovery code").fill(before);
    await press(patient, "Unlock with the code");
    await sees(patient, "This does not open it");
    await patient.page.getByLabel("Recovery code").fill(code);
    await press(patient, "Unlock with the code");
    await sees(patient, "Ways to open your records");
  });

  it("O07 leave no code or passcode in the browser's storage, in addresses, on the console, or in what was sent", async () => {
    const stored = await patient.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    const everything = [stored, ...system.sent, ...patient.errors].join("\n");
    for (const secret of [PASSCODE, code, code.replaceAll("-", "")]) expect(everything).not.toContain(secret);
    expect(patient.errors).toEqual([]);
  });
});
