import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { overflow, violations } from "./support/accessibility.ts";
import { within } from "./support/budget.ts";
import { use, write } from "./support/keyboard.ts";
import { choose, fill, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { openWard } from "./support/ward.ts";

/** A conversation there and back between a patient and a doctor, as each of them sees it. */

const QUESTION = "Do I take the tablet with food?";
const ADVICE = "Yes, with breakfast.";
const THANKS = "Thank you, and when I travel?";
const HOUR = "Keep to the hour at home.";
const COLLEAGUE = "Dr Jan Wiśniewski";
const SLOW = { timeout: 90_000 };

let system: System;
let doctor: Person;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  ({ doctor, patient } = await openWard(system, { read: [9], write: [9] }, COLLEAGUE));
}, 240_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ doctor, patient }))
    await system.screenshot(person.page, `failed-messages-${name}`);
});

const main = ({ page }: Person) => page.getByRole("main");
const place = ({ page }: Person, name: string | RegExp) => page.getByRole("navigation").getByRole("link", { name });
const letters = (person: Person) => main(person).getByRole("article");

/** What an observer without the key finds in the browser's own databases. */
function keptIn({ page }: Person): Promise<string[]> {
  return page.evaluate(async () => {
    const open = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("chartkey.device");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("not opened"));
    });
    const store = open.transaction("notes").objectStore("notes");
    const read = <Answer>(request: IDBRequest<Answer>) =>
      new Promise<Answer>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const [names, values] = [await read(store.getAllKeys()), await read<Uint8Array[]>(store.getAll())];
    open.close();
    return [...names.map(String), ...values.map((value) => new TextDecoder("latin1").decode(value))];
  });
}

it("a message that was begun outlasts a reload, sealed, and is thrown away when it is begun anew", async () => {
  await unlocked(patient, "/patient/messages", "No messages yet");
  await follow(patient, "Write to a doctor");
  await choose(patient, "Doctor", "Dr Amara Okafor");
  await fill(patient, { Subject: "The dose", Message: QUESTION });
  await expect.poll(async () => (await keptIn(patient)).length, SLOW).toBe(2);
  const { pathname, search } = new URL(patient.page.url());
  await patient.page.reload();
  await unlocked(patient, pathname + search, "What you typed before is here again.");
  expect(await patient.page.getByLabel("Message").inputValue()).toBe(QUESTION);
  expect(await patient.page.getByLabel("Doctor").inputValue()).not.toBe("");
  await press(patient, "Begin anew");
  await press(patient, "Throw it away");
  await expect.poll(() => patient.page.getByLabel("Message").inputValue()).toBe("");
  await expect.poll(async () => (await keptIn(patient)).length, SLOW).toBe(0);
});

it("Text 6 a patient writes to a doctor who may read messages: one signature", async () => {
  await unlocked(patient, "/patient/messages", "No messages yet");
  await within(patient, { clicks: 4, signatures: 1 }, async () => {
    await follow(patient, "Write to a doctor");
    await choose(patient, "Doctor", "Dr Amara Okafor");
    await fill(patient, { Subject: "The dose", Message: QUESTION });
    await press(patient, "Sign and send");
    await main(patient).getByRole("link", { name: "The dose" }).waitFor(SLOW);
  });
  expect(await main(patient).getByText("1 new message").count()).toBe(0);
});

it("the doctor opens the charts that he is asked about, finds it as new, and answers: one signature", async () => {
  await unlocked(doctor, "/doctor/messages", /was not opened since you unlocked/);
  await press(doctor, "Open them");
  await sees(doctor, "1 new message");
  await place(doctor, /^Messages.*1 new message$/).waitFor();
  await follow(doctor, "The dose");
  await sees(doctor, QUESTION);
  await letters(doctor).getByText("New", { exact: true }).waitFor();
  await place(doctor, /^Messages$/).waitFor();
  await sees(doctor, /The patient and you can read it now/);
  await within(doctor, { clicks: 2, signatures: 1 }, async () => {
    await fill(doctor, { "Your answer": ADVICE });
    await press(doctor, "Sign and send");
    await letters(doctor).getByText(ADVICE).waitFor(SLOW);
  });
  expect(await doctor.page.getByLabel("Your answer").inputValue()).toBe("");
});

it("the patient, who looks at the list, sees the answer come, and on another page that there is one", async () => {
  await main(patient).getByText("1 new message").waitFor(SLOW);
  await place(patient, /^Messages.*1 new message$/).waitFor();
  await go(patient, "/patient");
  const notice = patient.page.getByRole("status").filter({ hasText: "1 new message" });
  await notice.getByRole("link", { name: "Read" }).click();
  await follow(patient, "The dose");
  await letters(patient).getByText(ADVICE).waitFor();
  expect(await letters(patient).allInnerTexts()).toEqual([
    expect.stringMatching(/^You[^]*Patient[^]*Verified[^]*Do I take/),
    expect.stringMatching(/^Dr Amara Okafor[^]*Doctor, Ridgeway[^]*New[^]*Verified[^]*with breakfast/),
  ]);
  await system.screenshot(patient.page, "patient-conversation");
});

it("an answer that was typed and not sent outlasts a reload, and what was read stays read", async () => {
  await fill(patient, { "Your answer": THANKS });
  await expect.poll(async () => (await keptIn(patient)).length, SLOW).toBe(4);
  const path = new URL(patient.page.url()).pathname;
  await patient.page.reload();
  await unlocked(patient, path, ADVICE);
  await sees(patient, "What you typed before is here again.");
  expect(await patient.page.getByLabel("Your answer").inputValue()).toBe(THANKS);
  expect(await letters(patient).getByText("New", { exact: true }).count()).toBe(0);
  await press(patient, "Sign and send");
  await letters(patient).getByText(THANKS).waitFor(SLOW);
  await expect.poll(() => patient.page.getByLabel("Your answer").inputValue()).toBe("");
});

it("a conversation is answered without a pointer, and read on a narrow screen", async () => {
  await letters(doctor).getByText(THANKS).waitFor(SLOW);
  await write(doctor, "Your answer", HOUR);
  await use(doctor, "button", "Sign and send");
  await letters(doctor).getByText(HOUR).waitFor(SLOW);
  await patient.page.setViewportSize({ width: 360, height: 800 });
  await letters(patient).getByText(HOUR).waitFor(SLOW);
  expect(await violations(patient.page)).toEqual([]);
  expect(await overflow(patient.page)).toBeLessThanOrEqual(0);
  await press(patient, "More");
  expect(await violations(patient.page)).toEqual([]);
  await place(patient, "Messages").click();
  await main(patient).getByRole("heading", { level: 1, name: "Messages" }).waitFor();
  await follow(patient, "The dose");
  await patient.page.setViewportSize({ width: 1280, height: 900 });
  expect([...doctor.errors, ...patient.errors]).toEqual([]);
});

it("a message that the patient hides keeps its place in the conversation, and says so to the doctor", async () => {
  await letters(patient).first().getByRole("link", { name: "Open the entry" }).click();
  await press(patient, "Hide, share, erase");
  await press(patient, "Hide");
  await press(patient, "Sign and hide");
  await patient.page.getByRole("dialog").getByText("Only you open it now.").waitFor(SLOW);
  await letters(doctor).getByText("The patient keeps this entry hidden.").waitFor(SLOW);
  expect(await letters(doctor).getByText(QUESTION).count()).toBe(0);
  expect(await letters(doctor).count()).toBe(4);
});

it("a doctor refers to a colleague by name, and the patient gives that one access from there: one signature each", async () => {
  await go(doctor, new URL(doctor.page.url()).pathname.replace(/\/messages.*$/, ""));
  await within(doctor, { clicks: 3, signatures: 1 }, async () => {
    await follow(doctor, "Refer");
    await choose(doctor, "Colleague (optional)", new RegExp(COLLEAGUE));
    await fill(doctor, { "To whom or for what": "Cardiology", "Reason and question": "A murmur" });
    await sees(doctor, /^I refer .* to Dr Jan Wiśniewski: Cardiology\./);
    await press(doctor, "Sign referral");
    await main(doctor).getByRole("link", { name: "Cardiology" }).waitFor(SLOW);
  });
  await go(patient, "/patient/messages");
  await main(patient).getByRole("link", { name: "Cardiology" }).click(SLOW);
  await letters(patient).getByText(`To: ${COLLEAGUE}`).waitFor();
  await sees(patient, `May not read your messages now: ${COLLEAGUE}`);
  // One click of the three goes on without a name, which this patient has not written.
  await within(patient, { clicks: 3, signatures: 1 }, async () => {
    await follow(patient, `Give access to ${COLLEAGUE}`);
    await sees(patient, /^I let Dr Jan Wiśniewski .*messages and referrals/);
    await patient.page.getByLabel("Go on without my name").check();
    await press(patient, "Sign and give access");
    await sees(patient, /^Access given/);
  });
  await go(patient, "/patient/messages");
  await follow(patient, "Cardiology");
  await sees(patient, /can read it: .*Dr Jan Wiśniewski/);
});

it("O07 nothing readable left a browser, or is kept in one", async () => {
  const readable = /tablet|breakfast|The dose|travel|hour at home|Cardiology|murmur/;
  expect(system.sent.filter((text) => readable.test(text))).toEqual([]);
  const kept = [...(await keptIn(patient)), ...(await keptIn(doctor))];
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter((text) => readable.test(text) || text.includes("0x"))).toEqual([]);
});
