import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { entryFile, readAdministered, readLedger, readPatients } from "@chartkey/sdk";
import { exportLedger } from "@chartkey/sdk/verify";
import type { Address, Block } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { seed } from "../../scripts/seed.ts";
import { chooseFile, move, pick, reach, use } from "./support/keyboard.ts";
import type { Person } from "./support/person.ts";
import { sees } from "./support/steps.ts";
import { type System, startSystem } from "./support/system.ts";

/** An auditor without a wallet, by Tab, Enter and the search alone. */

let system: System;
let auditor: Person;
let doctor: string;
let patient: Address;
let hospital: string;
let recordId: string;
let records: string;
let newestBlock: () => Promise<Block<bigint, false, "latest">>;
/** Records of all ledgers together. */
let anchored: number;

const SEARCH = "Find a block, transaction, address, digest or CID";

async function search(text: string): Promise<void> {
  await reach(auditor, auditor.page.getByLabel(SEARCH));
  await auditor.page.keyboard.press("ControlOrMeta+a");
  await auditor.page.keyboard.insertText(text);
  await auditor.page.keyboard.press("Enter");
}

/** Opens or closes what stands under a summary. */
async function unfold(text: string): Promise<void> {
  await reach(auditor, auditor.page.locator("summary", { hasText: text }));
  await auditor.page.keyboard.press("Enter");
}

beforeAll(async () => {
  system = await startSystem();
  await seed(system.stack);
  const [admin, session] = [await unlockedActor(system.stack, 1), await unlockedActor(system.stack, 3)];
  doctor = (await unlockedActor(system.stack, 2)).wallet.account.address;
  patient = session.wallet.account.address;
  records = session.chain.deployment.records;
  hospital = (await readAdministered(session.chain, admin.wallet.account.address))[0]!.address;
  const { entries } = await readLedger(session.chain, patient);
  recordId = entries[0]!.recordId;
  newestBlock = () => session.chain.client.getBlock();
  const last = entries.at(-1)!;
  const payload = await session.store.get({ codec: last.codec, digest: last.payload }, entryFile(last));
  const file = await exportLedger(session, patient);
  const text = new TextDecoder().decode(file);
  const [digit] = /(?<="head":"0x)./.exec(text)!;
  const files = {
    payload,
    "changed-payload": payload.with(9, payload[9]! ^ 1),
    "export.json": file,
    "changed-export.json": text.replace(
      `"head":"0x${digit}`,
      `"head":"0x${(Number.parseInt(digit, 16) ^ 1).toString(16)}`,
    ),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(system.dataDir, name), bytes);
  const patients = await readPatients(session.chain, await session.chain.client.getBlockNumber());
  const ledgers = await Promise.all(patients.map((each) => readLedger(session.chain, each)));
  anchored = ledgers.flatMap(({ entries }) => entries).reduce((sum, { batch }) => sum + (batch?.count ?? 1), 0);
  auditor = await system.open();
}, 360_000);
afterAll(async () => system?.close());
afterEach(async ({ task }) => {
  if (task.result?.state === "fail" && auditor) await system.screenshot(auditor.page, "failed-explorer");
});

describe("the explorer, by keyboard alone", () => {
  it("leads from the blocks to a block, a transaction, who sent it, and back", async () => {
    const { page } = auditor;
    const main = page.getByRole("main");
    const title = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
    await use(auditor, "link", "Check records");
    await title("Blocks");
    await use(auditor, "button", "Older");
    await sees(auditor, /to \d+; the newest is/);
    await expect.poll(() => page.url()).toContain("from=");
    await use(auditor, "button", "Newer");
    await expect.poll(() => page.url()).not.toContain("from=");
    const newest = main.getByRole("table").getByRole("link").first();
    const { number } = await newestBlock();
    await expect.poll(() => newest.innerText()).toBe(String(number));
    await reach(auditor, newest);
    await page.keyboard.press("Enter");
    await title(`Block ${number}`);
    await use(auditor, "link", "Previous");
    await title(`Block ${number - 1n}`);
    await use(auditor, "link", "Next");
    await title(`Block ${number}`);
    await reach(auditor, main.locator('a[href^="/audit/tx/"]'));
    await page.keyboard.press("Enter");
    await title(/^Transaction 0x/);
    await reach(auditor, main.locator("dd").getByRole("link", { name: /^0x/ }).first());
    await page.keyboard.press("Enter");
    await title(/^Address 0x/);
    for (const before of [/^Transaction 0x/, `Block ${number}`]) {
      await page.goBack(); // A browser without a window has no key for it.
      await title(before);
      await expect.poll(() => main.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    }
  });

  it("finds blocks and transactions by number and hash, and says what it does not understand", async () => {
    const { page } = auditor;
    const block = await newestBlock();
    for (const [text, title] of [
      [String(block.number), `Block ${block.number}`],
      [block.hash, `Block ${block.number}`],
      [block.transactions[0]!, /^Transaction 0x/],
    ] as const) {
      await search(text);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
    }
    await search("nonsense");
    await page.getByRole("alert").filter({ hasText: "Not a block number" }).waitFor();
    await expect.poll(() => page.getByLabel(SEARCH).evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it("says what an address is, and what names it, newest first", async () => {
    await use(auditor, "link", "Check records");
    await search(doctor);
    await sees(auditor, "Roles");
    await sees(auditor, "Doctor");
    await sees(auditor, /Active/);
    const blocks = auditor.page.getByRole("main").getByRole("link", { name: /^Block \d/ });
    await blocks.first().waitFor();
    const numbers = (await blocks.allInnerTexts()).map((text) => Number(text.replaceAll(/\D/g, "")));
    expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
    expect(numbers.length).toBeLessThanOrEqual(20);
  });

  it("shows events of one kind, and saves them as a table", async () => {
    const { page } = auditor;
    await pick(auditor, page.getByLabel("Kind of event"), "RecordRegistry.EntryAnchored");
    await sees(auditor, /^\d+ events?$/);
    // Without the browser's own dialog a file is saved as a download.
    await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
    const saved = page.waitForEvent("download");
    await use(auditor, "button", "Save as a table (CSV)");
    const [header, ...lines] = (await readFile(await (await saved).path(), "utf8")).trimEnd().split("\r\n");
    // The mark by which spreadsheets know UTF-8 comes first.
    expect(header).toBe("\ufefftime,block,transaction,contract,event,arguments");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line.includes("RecordRegistry,EntryAnchored") && line.includes(doctor))).toBe(true);
  });

  it("finds the ledger of a record by the record's id", async () => {
    await search(recordId);
    await sees(auditor, "Changes of consent");
    await use(auditor, "link", "All events of this address");
    await sees(auditor, "Patient");
  });

  it("holds the source of a contract against its code, and shows it", async () => {
    await search(records);
    await sees(auditor, "Keeps the head of each patient’s ledger.");
    await sees(auditor, "The file that was compiled");
    await unfold("contracts/RecordRegistry.sol");
    await sees(auditor, /contract RecordRegistry/);
    expect(await auditor.page.getByText("Other bytes than were compiled").count()).toBe(0);
  });

  it("asks a contract, and says what is wrong with what was typed", async () => {
    await unfold("head(address)");
    await use(auditor, "button", "Ask head");
    await sees(auditor, /Not an address/);
    await reach(auditor, auditor.page.getByRole("textbox", { name: "Patient", exact: true }));
    await auditor.page.keyboard.insertText(patient);
    await use(auditor, "button", "Ask head");
    await sees(auditor, /Answer as of block/);
  });

  it("knows a hospital's own contract, and whose code it runs", async () => {
    await search(hospital);
    await sees(auditor, /The contract of one hospital/);
    await sees(auditor, "It runs the code of");
    await sees(auditor, "The file that was compiled");
    await unfold("adminCount()");
    await use(auditor, "button", "Ask adminCount");
    await sees(auditor, "Answer");
  });

  it("checks a file that is chosen: a ciphertext, an export, and one with a changed byte", async () => {
    const { page } = auditor;
    await use(auditor, "link", "Check a file");
    const field = page.getByLabel("File", { exact: true });
    await chooseFile(auditor, field, join(system.dataDir, "payload"));
    await sees(auditor, "Exactly these bytes are anchored in 1 place.");
    await chooseFile(auditor, field, join(system.dataDir, "export.json"));
    await sees(auditor, "Every check of this export holds.");
    await sees(auditor, "The last block is that of this chain, as this node has it");
    await sees(auditor, /about [\d,]+ SHA-256 computations are needed/);
    await chooseFile(auditor, field, join(system.dataDir, "changed-export.json"));
    await page.getByRole("alert").filter({ hasText: "This export does not hold." }).waitFor();
    await sees(auditor, "Digest of its content: does not hold");
    await chooseFile(auditor, field, join(system.dataDir, "changed-payload"));
    await sees(auditor, "This file was not found, and not everything could be searched.");
  });

  it("counts records, grants and emergencies, in a plot and in a table", async () => {
    await use(auditor, "link", "Statistics");
    const plot = auditor.page.getByRole("img", { name: /^Records at each hospital/ });
    await plot.waitFor();
    const cells = auditor.page.getByRole("table", { name: "By hospital" }).getByRole("cell");
    const drawn = (await plot.locator("text").allTextContents()).filter((_, index) => index % 2 === 0);
    const told = (await cells.allTextContents()).filter((_, index) => index % 3 === 0);
    expect(drawn).toEqual(told);
    expect(told.reduce((sum, count) => sum + Number(count), 0)).toBe(anchored);
    await move(auditor, auditor.page.getByLabel("What is drawn"), "ArrowDown");
    await auditor.page.getByRole("img", { name: /^Access given at each hospital/ }).waitFor();
  });
});
