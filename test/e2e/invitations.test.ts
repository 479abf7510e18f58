import { readFile } from "node:fs/promises";
import { createHospital, setAccreditation } from "@chartkey/sdk";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { connect, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** An admin invites people by a list, stops in the middle, and goes on after the page was closed. */

const LIST = [
  "role,name,speciality,account",
  "patient,Ananya Sharma,,",
  "nurse,Nobody,,",
  "doctor,Dr Mei Lin,Cardiology,",
  "pharmacist,Lakshmi Narayanan,,",
].join("\n");

let system: System;
let admin: Person;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  const { stack } = system;
  const hospital = await createHospital(await unlockedActor(stack, 1), { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  [admin, patient] = (await Promise.all([1, 3].map((index) => system.open(index)))) as [Person, Person];
}, 240_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ admin, patient }))
    await system.screenshot(person.page, `failed-invitations-${name}`);
});

/** What the button saves; without the browser's own dialog a file is saved as a download. */
async function saved(): Promise<string> {
  const { page } = admin;
  await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  const [download] = await Promise.all([page.waitForEvent("download"), press(admin, "Save the links (CSV)")]);
  return readFile(await download.path(), "utf8");
}

it("Fig 4 a list is read, and the line that is nobody is named", async () => {
  await connect(admin);
  await unlocked(admin, "/hospital/invite", "Who may use it");
  await follow(admin, "Invite many people by a list");
  await admin.page
    .getByLabel("File", { exact: true })
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
  await sees(admin, "3 people can be invited.");
  await sees(admin, /^Line 3: the role is not patient/);
});

it("a list that was read and not gone on with is there again after a reload, and lost only when it is thrown away", async () => {
  // A form keeps what is in it after a pause.
  await admin.page.waitForTimeout(1000);
  await admin.page.reload();
  await unlocked(admin, "/hospital/invite/list", /^What you typed before is here again/);
  await sees(admin, "3 people can be invited.");
  await press(admin, "Begin anew");
  await press(admin, "Keep it");
  await press(admin, "Go on with 3 people");
  await sees(admin, "0 of 3 invitations are signed.");
});

it("what was signed before a decline and a closed page is there again, and the rest is signed without it", async () => {
  admin.wallet!.declineNext(2);
  await press(admin, "Sign 3 invitations");
  await sees(admin, "2 of 3 invitations are signed.");
  await sees(admin, /You declined/);
  await admin.page.reload();
  await unlocked(admin, "/hospital/invite/list", "2 of 3 invitations are signed.");
  const before = admin.wallet!.asked.length;
  await press(admin, "Sign 1 invitation");
  await sees(admin, "3 of 3 invitations are signed.");
  expect(admin.wallet!.asked.slice(before)).toEqual(["typed data Voucher"]);
  await system.screenshot(admin.page, "admin-invitation-list");
});

it("O07 each link is claimed, and neither a name nor a link was kept readable or sent", async () => {
  const [, ...rows] = (await saved()).trim().split("\r\n");
  expect(rows.map((row) => row.split(",").slice(0, 2))).toEqual([
    ["Ananya Sharma", "patient"],
    ["Dr Mei Lin", "doctor"],
    ["Lakshmi Narayanan", "pharmacist"],
  ]);
  const links = rows.map((row) => row.split(",").at(-1)!);
  expect(new Set(links).size).toBe(3);
  await patient.page.goto(links[0]!);
  await patient.page.getByRole("main").getByText("Ridgeway").first().waitFor();
  const kept = await admin.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open("chartkey.invitations");
        request.onsuccess = () => {
          const all = request.result.transaction("lists").objectStore("lists").getAll();
          all.onsuccess = () =>
            resolve(all.result.map(({ ct }: { ct: Uint8Array }) => new TextDecoder("latin1").decode(ct)).join(""));
        };
      }),
  );
  expect(kept.length).toBeGreaterThan(1000);
  for (const text of [kept, ...system.sent]) expect(text).not.toMatch(/Mei Lin|Lakshmi|claimSecret/);
  expect(admin.errors).toEqual([]);
});

/** Alters the first byte of the list that the browser keeps; done twice, it is as it was. */
const alterKept = () =>
  admin.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("chartkey.invitations");
        request.onsuccess = () => {
          const transaction = request.result.transaction("lists", "readwrite");
          const cursor = transaction.objectStore("lists").openCursor();
          cursor.onsuccess = () => {
            const { ct, ...rest } = cursor.result!.value as { ct: Uint8Array };
            cursor.result!.update({ ...rest, ct: ct.with(0, ct[0]! ^ 1) });
          };
          transaction.oncomplete = () => resolve(request.result.close());
          transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
        };
      }),
  );

it("a list that does not open is not taken for none, and its signed invitations stay", async () => {
  await alterKept();
  await admin.page.reload();
  await unlocked(admin, "/hospital/invite/list", "Your key does not open the list that is kept here");
  expect(await admin.page.getByText("Download a sample").count()).toBe(0);
  await alterKept();
  await admin.page.reload();
  await unlocked(admin, "/hospital/invite/list", "3 of 3 invitations are signed.");
});

it("a list is forgotten when that is confirmed, and another one can begin", async () => {
  await press(admin, "Forget this list");
  await admin.page.getByRole("dialog").getByRole("button", { name: "Forget this list", exact: true }).click();
  await sees(admin, "Download a sample");
});

const invitationLink = () => admin.page.getByRole("textbox", { name: "Link", exact: true });

it("a signed invitation is there again after another account was used, and until the page is loaded again", async () => {
  const { page } = admin;
  await unlocked(admin, "/hospital/invite", "Who may use it");
  await press(admin, "Sign invitation");
  const link = await invitationLink().inputValue();
  await admin.wallet!.chooseAccount(6);
  await sees(admin, "This account administers no hospital.");
  await admin.wallet!.chooseAccount(1);
  await press(admin, "Unlock");
  expect(await invitationLink().inputValue()).toBe(link);
  await go(admin, "/hospital/staff");
  await follow(admin, "Invite");
  await press(admin, "Show it again");
  expect(await invitationLink().inputValue()).toBe(link);
  await page.reload();
  await unlocked(admin, "/hospital/invite", "Who may use it");
  expect(await page.getByText("Show it again").count()).toBe(0);
});
