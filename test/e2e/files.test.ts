import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { hostilePdf } from "./support/pdf.ts";
import { choose, fill, follow, go, press, sees, unlocked } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";
import { openWard } from "./support/ward.ts";

/** Files that a patient and a doctor add in the browser, and open again. */

/** A picture of one point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const DICOM = Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), Buffer.alloc(3_000_000, "secret voxels ")]);

let system: System;
let doctor: Person;
let patient: Person;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chartkey-files-"));
  system = await startSystem();
  ({ doctor, patient } = await openWard(system, { read: [2, 7], write: [7] }));
}, 240_000);
afterAll(async () => {
  await system?.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, person] of Object.entries({ doctor, patient }))
    await system.screenshot(person.page, `failed-files-${name}`);
});

const take = ({ page }: Person, name: string, mimeType: string, buffer: Buffer) =>
  page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType, buffer });

/** Saves the file of the page, and reads what was saved. */
async function save({ page }: Person): Promise<{ name: string; bytes: Buffer }> {
  // Without the browser's own dialog a file is saved as a download.
  await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the file" }).click(),
  ]);
  const path = join(folder, "saved");
  await download.saveAs(path);
  return { name: download.suggestedFilename(), bytes: await readFile(path) };
}

it("Text 6 a patient adds a file with one signature, after declining once, and it opens again as it was", async () => {
  await unlocked(patient, "/patient/add?way=attach", "PDF, picture, DICOM, or any other; at most 1 GB.");
  await take(patient, "brain", "", DICOM);
  await choose(patient, "Category", "Notes");
  await system.screenshot(patient.page, "patient-attach");
  const before = patient.wallet!.asked.length;
  patient.wallet!.declineNext();
  await press(patient, "Sign and add file");
  await sees(patient, /^You declined/);
  expect(await patient.page.getByLabel("Title").inputValue()).toBe("brain");
  await press(patient, "Sign and add file");
  await follow(patient, "brain");
  // The first one opened the session at the store or was declined; the last one signed the entry.
  expect(patient.wallet!.asked.length - before).toBeLessThanOrEqual(2);
  await sees(patient, "application/dicom");
  const { name, bytes } = await save(patient);
  expect([name, bytes.equals(DICOM)]).toEqual(["brain", true]);
  await sees(patient, /^Saved\. Every byte matches/);
});

it("a doctor adds a picture where he may, and the patient sees it in the page", async () => {
  await unlocked(doctor, `/doctor/patients/${patient.wallet!.address}`, "Shared with you");
  await follow(doctor, "Add a file");
  await take(doctor, "wound.png", "image/png", PNG);
  await fill(doctor, { Title: "Wound, left hand" });
  expect(await doctor.page.getByLabel("Category").getByRole("option").allInnerTexts()).toEqual(["Results"]);
  await system.screenshot(doctor.page, "doctor-attach");
  await press(doctor, "Sign and add file");
  await doctor.page.getByRole("link", { name: "Wound, left hand", exact: true }).waitFor();
  await go(patient, "/patient/chart");
  await follow(patient, "Wound, left hand");
  await press(patient, "Show the picture");
  const picture = patient.page.getByRole("img", { name: "Wound, left hand" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await system.screenshot(patient.page, "patient-picture");
});

it("says when a store damaged a file, and shows nothing of it", async () => {
  await go(doctor, `/doctor/patients/${patient.wallet!.address}`);
  await follow(doctor, "Wound, left hand");
  await doctor.page.route("**/ipfs/**", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    // Its payload (docs/payload.md), and not the keys to it.
    if (body.subarray(0, 4).toString() === "CKEY") body[body.length - 1]! ^= 1;
    await route.fulfill({ response, body });
  });
  await press(doctor, "Show the picture");
  await sees(doctor, "The store returned other bytes");
  expect(await doctor.page.getByRole("main").getByRole("img", { name: "Wound, left hand" }).count()).toBe(0);
});

/** How much of the page's drawing is not white, of all of it. */
const inked = ({ page }: Person) =>
  page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at]! < 128) dark++;
    return dark / (data.length / 4);
  });

it("O13 a PDF is drawn page by page, its letters can be read, and nothing in it runs or leads elsewhere", async () => {
  await go(patient, "/patient/add?way=attach");
  await take(patient, "lipids.pdf", "application/pdf", hostilePdf(["Lipid panel", "Second page"]));
  await choose(patient, "Category", "Results");
  await press(patient, "Sign and add file");
  await follow(patient, "lipids.pdf");
  const { page } = patient;
  await press(patient, "Show the pages");
  await sees(patient, "Page 1 of 2");
  await expect.poll(() => inked(patient)).toBeGreaterThan(0.001);
  await page.getByText("The text of this page").click();
  await sees(patient, "Lipid panel");
  await system.screenshot(page, "patient-pdf");
  const address = page.url();
  await page.locator("canvas").click();
  await press(patient, "Next page");
  await sees(patient, "Page 2 of 2");
  await expect.poll(() => inked(patient)).toBeGreaterThan(0.001);
  expect(await page.getByRole("button", { name: "Next page" }).isDisabled()).toBe(true);
  expect([page.url(), page.context().pages().length]).toEqual([address, 1]);
  expect(await page.locator("canvas").getAttribute("aria-label")).toBe("lipids.pdf, Page 2 of 2");
});

it("says of a PDF that is none that it cannot be read, and still saves it", async () => {
  await go(patient, "/patient/add?way=attach");
  const broken = Buffer.from("%PDF-1.7\nnothing of the kind");
  await take(patient, "broken.pdf", "application/pdf", broken);
  await choose(patient, "Category", "Results");
  await press(patient, "Sign and add file");
  await follow(patient, "broken.pdf");
  await press(patient, "Show the pages");
  await sees(patient, "This PDF cannot be read");
  expect((await save(patient)).bytes.equals(broken)).toBe(true);
});

it("Text 4 a patient imports a FHIR file with one signature, with the address and the narrative of its resource, and no part of it twice", async () => {
  const document = {
    resourceType: "DocumentReference",
    id: "letter",
    status: "current",
    description: "Letter of discharge",
    text: { status: "additional", div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Rested <b>well</b>.</p></div>' },
    content: [
      {
        attachment: {
          contentType: "text/plain",
          title: "Letter",
          data: Buffer.from("Dear colleague").toString("base64"),
        },
      },
      { attachment: { contentType: "application/pdf", url: "https://records.example/scan.pdf" } },
    ],
  };
  const bundle = {
    resourceType: "Bundle",
    type: "collection",
    entry: [{ resource: document }, { resource: { resourceType: "Spaceship" } }],
  };
  const choose = async () => {
    await go(patient, "/patient/add?way=file");
    const buffer = Buffer.from(JSON.stringify(bundle));
    await patient.page
      .getByLabel("FHIR file")
      .setInputFiles({ name: "export.json", mimeType: "application/json", buffer });
    await sees(patient, "Can be added: 1");
    await sees(patient, 'Unknown resource type "Spaceship".');
  };
  await choose();
  await press(patient, "Sign and add 1 entries");
  await follow(patient, "Letter of discharge");
  await sees(patient, "Rested well.");
  await sees(patient, "https://records.example/scan.pdf");
  await press(patient, "Show the text");
  await sees(patient, "Dear colleague");
  await system.screenshot(patient.page, "patient-imported");
  const before = patient.wallet!.asked.length;
  await choose();
  await press(patient, "Sign and add 1 entries");
  await patient.page.getByRole("link", { name: "Letter of discharge", exact: true }).waitFor();
  expect(patient.wallet!.asked.length).toBe(before);
  expect(await patient.page.getByRole("link", { name: "Letter of discharge", exact: true }).count()).toBe(1);
});

it("Text 4 a large picture in an imported resource lies beside it, is shown on request, and is in the resource again when taken out", async () => {
  // What follows the end of a picture is not drawn.
  const picture = Buffer.concat([PNG, Buffer.alloc(3_000_000, "secret voxels "), randomBytes(1_000)]);
  const resource = {
    resourceType: "DocumentReference",
    id: "wide",
    status: "current",
    description: "Picture of the knee",
    content: [{ attachment: { contentType: "image/png", title: "Knee", data: picture.toString("base64") } }],
  };
  await go(patient, "/patient/add?way=file");
  const buffer = Buffer.from(JSON.stringify(resource));
  await patient.page.getByLabel("FHIR file").setInputFiles({ name: "knee.json", mimeType: "application/json", buffer });
  await sees(patient, "Can be added: 1");
  await press(patient, "Sign and add 1 entries");
  await follow(patient, "Picture of the knee");
  await sees(patient, "3 MB");
  await patient.page.getByText("Show the data as written").click();
  await sees(patient, "Its large files are not in this text. Save them above.");
  await system.screenshot(patient.page, "patient-imported-picture");
  await press(patient, "Show the picture");
  const shown = patient.page.getByRole("img", { name: "Knee" });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  expect((await save(patient)).bytes.equals(picture)).toBe(true);

  await go(patient, "/patient/take-out");
  await patient.page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  await patient.page.getByLabel("Everything, line by line").check();
  const [download] = await Promise.all([patient.page.waitForEvent("download"), press(patient, "Make the file")]);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(resource);
});

it("O07 nothing readable left a browser", () => {
  const told = system.sent.filter((text) =>
    /secret voxels|wound\.png|Wound, left|discharge|colleague|Rested/.test(text),
  );
  expect(told).toEqual([]);
  expect([...doctor.errors, ...patient.errors]).toEqual([]);
});
