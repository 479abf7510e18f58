import { canonicalBytes, grantAccess, publishBatch, revokeAccess } from "@chartkey/sdk";
import { buildDiagnosis } from "@chartkey/sdk/records";
import type { Route } from "playwright-core";
import type { Address } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { violations } from "./support/accessibility.ts";
import { choose, connect, fill, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { openWard } from "./support/ward.ts";

/** What goes wrong around a person: no wallet, another network or account, a closed page, an access that ended, entries that mean harm. */

const DIAGNOSIS = 5;
const COMPLAINT = "Only the doctor shall know this.";
const ENTRIES = 1_000;

let system: System;
let people: Record<"doctor" | "patient", Person>;

beforeAll(async () => {
  system = await startSystem();
  people = await openWard(system, { read: [DIAGNOSIS], write: [] });
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, { page }] of Object.entries(people)) await system.screenshot(page, `failed-trouble-${name}`);
});

/** The heading of a page that has nothing else to show. */
const empty = ({ page }: Person, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

const PRESENT = { display: "Ananya Sharma" };

function diagnosis(text: string, more: object = {}) {
  const date = new Date().toISOString();
  const data = canonicalBytes({ ...buildDiagnosis({ patient: PRESENT, author: PRESENT, date, text }), ...more });
  return { category: DIAGNOSIS, meta: { contentType: "application/fhir+json" }, data };
}

async function publish(drafts: ReturnType<typeof diagnosis>[]): Promise<string> {
  const owner = await unlockedActor(system.stack, 3);
  return publishBatch(owner, owner.wallet.account.address, drafts);
}

describe("Fig 1 the first page", () => {
  it("says what Chartkey is, and how one gets a wallet; what lies behind it asks for one", async () => {
    const visitor = await system.open();
    await visitor.page.getByRole("heading", { level: 1, name: "Your health record, with your own key" }).waitFor();
    await visitor.page.getByRole("main").getByRole("button", { name: "Connect a wallet" }).click();
    await visitor.page.getByRole("dialog").getByRole("heading", { name: "No wallet found" }).waitFor();
    await visitor.page.keyboard.press("Escape");
    await go(visitor, "/patient");
    await empty(visitor, "No wallet is connected");
    expect(visitor.errors).toEqual([]);
    await visitor.page.close();
  });

  it("leads each to pages of his own, and says to whom none belong what he can do", async () => {
    for (const [person, heading] of [
      [people.patient, "Overview"],
      [people.doctor, "Today"],
    ] as const) {
      await go(person, "/");
      await follow(person, "Open my pages");
      await Promise.race([
        person.page.getByRole("heading", { level: 1, name: heading }).waitFor(),
        person.page.getByRole("button", { name: "Unlock", exact: true }).waitFor(),
      ]);
    }
    const stranger = await system.open(9);
    await connect(stranger);
    await sees(stranger, "This account is not registered");
    await go(stranger, "/patient");
    await empty(stranger, "This account is not registered");
    await follow(stranger, /invitation/);
    await stranger.page.getByRole("textbox").first().waitFor();
    await stranger.page.close();
  });

  it("is told apart from a chain on which Chartkey is not", async () => {
    const lost = await system.open(3);
    await lost.page.route(`${system.stack.rpcUrl}/**`, async (route) => {
      const isCode = route.request().postData()?.includes('"eth_getCode"') ?? false;
      const response = await route.fetch();
      const answer = (await response.json()) as object;
      await route.fulfill({ response, json: isCode ? { ...answer, result: "0x" } : answer });
    });
    await connect(lost);
    await go(lost, "/patient");
    await empty(lost, "Chartkey is not on this chain");
    await lost.page.close();
  });

  it("is told apart from an account that has nothing yet", async () => {
    await unlocked(people.patient, "/patient/prescriptions", "No prescriptions");
  });
});

describe("a wallet", () => {
  it("on another network changes nothing that was filled in, signs nothing there, and is brought back", async () => {
    const { patient } = people;
    await go(patient, "/patient");
    await follow(patient, "Give access");
    await choose(patient, "Doctor", /Dr Amara Okafor/);
    await press(patient, "Choose what a visit needs");
    await sees(patient, "The doctor will see only an address.");
    await system.screenshot(patient.page, "trouble-nameless");
    expect(await violations(patient.page)).toEqual([]);
    // Whoever goes to say who he is comes back to what he chose.
    const chosen = await patient.page.getByLabel("Doctor", { exact: true }).inputValue();
    await follow(patient, "Say who you are");
    await follow(patient, "Back to giving access");
    await sees(patient, /^What you typed before is here again/);
    await expect.poll(() => patient.page.getByLabel("Doctor", { exact: true }).inputValue()).toBe(chosen);
    await sees(patient, /^I let Dr Amara Okafor at Ridgeway read my/);
    await patient.page.getByLabel("Go on without my name").check();
    await patient.wallet!.chooseChain(1);
    await patient.page.getByText("Your wallet is on another network.").waitFor();
    const before = patient.wallet!.asked.length;
    await press(patient, "Sign and give access");
    await sees(patient, "Chartkey is on one chain only. Nothing was sent.");
    expect(patient.wallet!.asked.length).toBe(before);
    await press(patient, "Switch to Chartkey’s chain");
    await patient.page.getByText("Your wallet is on another network.").waitFor({ state: "detached" });
    await press(patient, "Sign and give access");
    await sees(patient, /Access given/);
    expect(patient.wallet!.asked.length).toBe(before + 1);
  });

  it("that comes on another network is asked to switch before anything else", async () => {
    const person = await system.open(3);
    await person.wallet!.chooseChain(1);
    await connect(person);
    await go(person, "/patient");
    await empty(person, "Your wallet is on another network");
    await person.page.getByRole("main").getByRole("button", { name: "Switch to Chartkey’s chain" }).click();
    await person.page.getByRole("button", { name: "Unlock", exact: true }).waitFor();
    await person.page.close();
  });

  it("that changes its account in the middle of a form locks the key, and the form is the other's", async () => {
    const person = await system.open(3);
    const { page } = person;
    await connect(person);
    await unlocked(person, "/patient", "Who can read your chart");
    await follow(person, "Book a visit");
    await choose(person, "Doctor", /Dr Amara Okafor/);
    await fill(person, { "What troubles you?": COMPLAINT });
    await person.wallet!.chooseAccount(2);
    await empty(person, "You are here as: Doctor");
    await page.getByRole("link", { name: "Go to the pages of your role (Doctor)" }).waitFor();
    const account = page.getByRole("banner").getByRole("button", { name: /Switch role or account/ });
    expect(await account.innerText()).toMatch(/^Doctor\s+0x3C44/);
    // Neither the form nor a word of it is there for whoever comes next: on the page, in its address, or readable in the browser.
    for (const name of ["What troubles you?", "Sign and book"]) expect(await page.getByText(name).count()).toBe(0);
    expect(await page.getByRole("textbox").count()).toBe(0);
    const left = [
      await page.content(),
      page.url(),
      await page.evaluate(() => ({ ...localStorage, ...sessionStorage })),
    ];
    expect(JSON.stringify(left)).not.toContain(COMPLAINT);
    await person.wallet!.chooseAccount(3);
    await page.getByRole("button", { name: "Unlock", exact: true }).click();
    // What was typed is kept sealed for its account alone.
    await expect.poll(() => page.getByLabel("What troubles you?").inputValue()).toBe(COMPLAINT);
    await page.close();
  });
});

describe("a page that is closed while a transaction is on its way", () => {
  it("tells when it is opened again what is on its way, and then that it is on the chain", async () => {
    const person = await system.open(3);
    let held = true;
    const hold = async (route: Route) => {
      const isReceipt = route.request().postData()?.includes('"eth_getTransactionReceipt"') ?? false;
      const response = await route.fetch();
      const answer = (await response.json()) as object;
      await route.fulfill({ response, json: held && isReceipt ? { ...answer, result: null } : answer });
    };
    await person.page.route(`${system.stack.rpcUrl}/**`, hold);
    await connect(person);
    await unlocked(person, "/patient", "Who can read your chart");
    await follow(person, "Access");
    await press(person, "End access of Dr Amara Okafor");
    await press(person, "Sign and end access");
    const kept = () => person.page.evaluate(() => localStorage.getItem("chartkey.sent"));
    await expect.poll(kept).toContain("revoke");
    await person.page.reload();
    await person.page.getByRole("status").filter({ hasText: "On its way to the chain" }).waitFor();
    await system.screenshot(person.page, "trouble-on-its-way");
    held = false;
    await person.page.getByRole("status").filter({ hasText: "Now on the chain" }).waitFor();
    await follow(person, "Transactions");
    await sees(person, "On the chain");
    await system.screenshot(person.page, "trouble-transactions");
    const link = person.page.getByRole("main").getByRole("link", { name: /Show on the chain/ });
    await link.first().click();
    await sees(person, /block/i);
    await person.page.close();
  });
});

describe("an access that ends", () => {
  const doctorSees = (text: string | RegExp) => unlocked(people.doctor, `/doctor/patients/${patient()}`, text);
  const patient = () => people.patient.wallet!.address;
  const letRead = async (seconds: number) => {
    const owner = await unlockedActor(system.stack, 3);
    const grantee = people.doctor.wallet!.address as Address;
    const expiry = Math.floor(Date.now() / 1000) + seconds;
    await grantAccess(owner, { grantee, hospital: 1, read: [DIAGNOSIS], write: [], expiry });
    return owner;
  };

  it("is told to the doctor on the page that he reads, when the patient ends it", async () => {
    await publish([diagnosis("Asthma")]);
    const owner = await letRead(7200);
    await doctorSees("Asthma");
    await follow(people.doctor, "Asthma");
    await sees(people.doctor, "Asthma");
    await revokeAccess(owner, people.doctor.wallet!.address as Address);
    await people.doctor.page.getByRole("heading", { name: /You have no access to/ }).waitFor({ timeout: 60_000 });
    expect(await people.doctor.page.getByRole("main").innerText()).not.toContain("Asthma");
  });

  it("is told to the doctor on the page that he reads, when its time is over", async () => {
    await letRead(40);
    await doctorSees("Asthma");
    await people.doctor.page.getByRole("heading", { name: /You have no access to/ }).waitFor({ timeout: 90_000 });
    expect(await people.doctor.page.getByRole("main").innerText()).not.toContain("Asthma");
  });
});

describe("entries that mean harm", () => {
  const RUN = "document.documentElement.dataset.ran = 'yes'";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>${RUN}</script><image href="https://attacker.example/i"/></svg>`;
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p>Seen today</p><script>${RUN}</script><img src="https://attacker.example/p" onerror="${RUN}"/><a href="javascript:${RUN}">here</a></div>`;

  it("O13 run nothing, fetch nothing and break no page: script in a narrative, markup in names, an SVG, a megabyte of one word", async () => {
    const { patient } = people;
    const { page } = patient;
    const attachment = { contentType: "image/svg+xml", data: Buffer.from(svg).toString("base64"), title: "scan.svg" };
    const scan = { resourceType: "DocumentReference", status: "current", content: [{ attachment }] };
    const report = { category: 2, meta: { contentType: "application/fhir+json" }, data: canonicalBytes(scan) };
    await publish([
      diagnosis("Narrated", { text: { status: "additional", div } }),
      diagnosis(`<img src=x onerror="${RUN}"> named`),
      diagnosis(`Long ${"m".repeat(1_000_000)}`),
      report,
    ]);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await unlocked(patient, "/patient/chart", /named/);
    for (const title of [/Narrated/, / named/, /^Long /, /scan\.svg|Document/]) {
      await go(patient, "/patient/chart");
      await page.getByRole("main").getByRole("link", { name: title }).first().click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const closed of await page.getByRole("main").locator("details:not([open]) > summary").all())
        await closed.click();
      await page.setViewportSize({ width: 360, height: 800 });
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(beyond).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    expect(await page.evaluate(() => document.documentElement.dataset["ran"])).toBeUndefined();
    expect(asked.filter((url) => url.includes("attacker"))).toEqual([]);
    expect(patient.errors).toEqual([]);
  });
});

describe(`a chart of ${ENTRIES} entries`, () => {
  it("shows its newest hundred, finds any of them, and goes on", async () => {
    const { patient } = people;
    await publish(
      Array.from({ length: ENTRIES }, (_, number) => diagnosis(`Finding ${String(number).padStart(4, "0")}`)),
    );
    await patient.page.reload();
    await unlocked(patient, "/patient/chart", /Finding \d+/);
    const began = performance.now();
    await patient.page.getByLabel("Search entries").fill("Finding 0421");
    await expect.poll(() => patient.page.getByRole("main").getByRole("rowheader").count()).toBe(1);
    console.log(`Found in ${Math.round(performance.now() - began)} ms`);
    await patient.page.getByLabel("Search entries").fill("");
    await expect.poll(() => patient.page.getByRole("main").getByRole("rowheader").count()).toBe(100);
    await press(patient, /more/i);
    await expect.poll(() => patient.page.getByRole("main").getByRole("rowheader").count()).toBe(200);
  });
});
