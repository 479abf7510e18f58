import {
  type UnlockedSession,
  accountOf,
  claim,
  createHospital,
  invite,
  readLedger,
  setAccreditation,
} from "@chartkey/sdk";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { connect, fill, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { installWallet } from "./support/wallet.ts";

/** What was written while a store was down, at the browser of its author: kept, sealed, and sent once. */

const PATIENCE = 180_000;
const TITLE = "Headache since Monday";
const TEXT = "Worse in the mornings";
/** Whole, since the overview says as much of prescriptions. */
const NOTHING = /^Nothing waits$/;

let system: System;
let patient: Person;
let account: UnlockedSession;
/** What the browser cannot reach of the store. */
let down: "nothing" | "writing" | "everything" = "nothing";

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const admin = await unlockedActor(stack, 1);
  account = await unlockedActor(stack, 3);
  const stranger = await unlockedActor(stack, 6);
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  for (const [member, name] of [
    [account, "Ananya"],
    [stranger, "Tomasz"],
  ] as const)
    await claim(member, await invite(admin, 1, { role: "patient" }), { name });
  patient = await system.open(3);
  const isStore = (url: URL) => stack.storeUrls.some((store) => url.href.startsWith(store));
  await patient.page.context().route(isStore, async (route) => {
    const isDown =
      down === "everything" || (down === "writing" && /\/api\/v0\/(add|block\/put)/.test(route.request().url()));
    await (isDown ? route.abort("connectionrefused") : route.fallback());
  });
  await connect(patient);
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await system.screenshot(patient.page, "failed-waiting");
});

/** Everything that the browser keeps of waiting entries, as it lies there. */
async function keptInBrowser(page: Page): Promise<{ names: string[]; text: string }> {
  return page.evaluate(async () => {
    const answer = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("not read"));
      });
    const database = await answer(indexedDB.open("chartkey.outbox"));
    const drafts = database.transaction("drafts").objectStore("drafts");
    const [names, values] = await Promise.all([answer(drafts.getAllKeys()), answer<Uint8Array[]>(drafts.getAll())]);
    database.close();
    return {
      names: names.map(String),
      text: values.map((value) => new TextDecoder("latin1").decode(value)).join("\n"),
    };
  });
}

const entries = async () => (await readLedger(account.chain, accountOf(account))).entries;
const transactions = () => patient.wallet!.asked.filter((line) => line.startsWith("transaction")).length;
const list = ({ page }: Person) => page.getByRole("list", { name: "Waiting entries" }).getByRole("listitem");

/** Another page of the patient's browser, with the wallet of a development account. */
async function openTab(accountIndex: number): Promise<Person> {
  const page = await patient.page.context().newPage();
  const wallet = await installWallet(page, system.stack.rpcUrl, accountIndex);
  await page.goto(system.appUrl);
  const person = { page, wallet, errors: patient.errors };
  await connect(person);
  return person;
}

async function write(title: string): Promise<void> {
  await unlocked(patient, "/patient/add", "I add this note to my chart");
  await fill(patient, { Title: title, Note: TEXT });
  await press(patient, "Sign and add");
}

describe("an entry that no store took", { timeout: PATIENCE }, () => {
  it("O18 is kept, and its author is told that it is", async () => {
    await unlocked(patient, "/patient/add", "I add this note to my chart");
    down = "everything";
    await write(TITLE);
    await sees(patient, "The store does not answer");
    await sees(patient, "nothing has to be written again");
    expect(await patient.page.getByRole("button", { name: "Sign and add" }).count()).toBe(0);
    await patient.page.getByText("1 entry waits.").waitFor();
    expect(transactions()).toBe(0);
    await system.screenshot(patient.page, "waiting-kept");
  });

  it("O18 lies in the browser without a readable word", async () => {
    const { names, text } = await keptInBrowser(patient.page);
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(text.length).toBeGreaterThan(100);
    const address = accountOf(account);
    for (const word of [TITLE, TEXT, "parcel", address, address.toLowerCase(), address.slice(2)])
      expect(text).not.toContain(word);
  });

  it("O18 waits after a reload, and is not another account's of the same browser", async () => {
    down = "writing";
    const { page } = patient;
    await page.reload();
    await unlocked(patient, "/waiting", "Not sent");
    expect(await list(patient).count()).toBe(1);
    await sees(patient, TITLE);
    await sees(patient, "Your chart");
    await system.screenshot(page, "waiting-list");
    const stranger = await openTab(6);
    await unlocked(stranger, "/waiting", NOTHING);
    expect((await keptInBrowser(stranger.page)).names).toHaveLength(1);
    await stranger.page.close();
  });

  it("O18 stays when it is sent while the store is still down, and is in the chart once when it is not", async () => {
    const { page } = patient;
    await press(patient, /^Send again/);
    await press(patient, "Sign and send");
    await page.getByRole("dialog").getByText("The store does not answer").waitFor();
    expect(await entries()).toHaveLength(0);
    down = "nothing";
    await press(patient, "Try again");
    await sees(patient, "Sent: the chart has it now.");
    await sees(patient, "In the chart");
    expect(transactions()).toBe(1);
    expect(await entries()).toHaveLength(1);
    await go(patient, "/patient/chart");
    await sees(patient, TITLE);
    expect(await page.getByText("1 entry waits.").count()).toBe(0);
  });

  it("O20 is in the chart once when two pages send it at the same time", async () => {
    down = "everything";
    await write("Twice");
    await sees(patient, "nothing has to be written again");
    down = "nothing";
    const twin = await openTab(3);
    const both = [patient, twin];
    for (const person of both) {
      await unlocked(person, "/waiting", "Not sent");
      await press(person, /^Send again/);
    }
    await Promise.all(both.map((person) => press(person, "Sign and send")));
    // The slower one finds the entry in the chart, or is told that it may still get there.
    for (const { page } of both) {
      const told = page.getByRole("dialog").getByRole("alert");
      await told.or(page.getByText("Sent: the chart has it now.")).first().waitFor();
    }
    await expect.poll(async () => (await entries()).length).toBe(2);
    await twin.page.close();
    await go(patient, "/patient");
  });

  it("O18 leaves the browser by itself when its entry is deep enough", async () => {
    const other = await actor(system.stack, 8);
    for (let block = 0; block < 12; block += 1) {
      const { account: sender, chain } = other.wallet;
      const hash = await other.wallet.sendTransaction({ account: sender, chain, to: sender.address, value: 1n });
      await other.chain.client.waitForTransactionReceipt({ hash });
    }
    await go(patient, "/waiting");
    await sees(patient, NOTHING);
    expect((await keptInBrowser(patient.page)).names).toEqual([]);
  });

  it("is given up after a warning, and one that was declined stays in its form alone", async () => {
    down = "everything";
    await write("Never mind");
    await sees(patient, "nothing has to be written again");
    await follow(patient, "Waiting entries");
    await press(patient, /^Give up/);
    await patient.page.getByRole("dialog").getByText("cannot be brought back").waitFor();
    await patient.page.getByRole("dialog").getByRole("button", { name: "Give up" }).click();
    await sees(patient, "Given up. Nothing of it is kept here.");
    await sees(patient, NOTHING);
    down = "nothing";
    patient.wallet!.declineNext();
    await write("On second thoughts");
    await sees(patient, "You declined. Nothing was sent.");
    expect(await patient.page.getByLabel("Title", { exact: true }).inputValue()).toBe("On second thoughts");
    expect((await keptInBrowser(patient.page)).names).toEqual([]);
    expect(await entries()).toHaveLength(2);
  });
});

it("no page said anything on its console, but the browser that it could not reach a store", () => {
  expect(patient.errors.filter((line) => !line.startsWith("Failed to load resource"))).toEqual([]);
});
