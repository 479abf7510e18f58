import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { within } from "./support/budget.ts";
import { encryptedRecord, filesWith } from "./support/kept.ts";
import { choose, connect, fill, follow, go, makeKey, press, sees } from "./support/steps.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** What must never be readable outside of a browser. */
const SECRETS = ["Ananya", "thirsty", "diabetes", "Metformin", "1984-02-29", "three weeks"];
const HOSPITAL = "Ridgeway General Hospital";

let system: System;
let registrar: Person;
let admin: Person;
let doctor: Person;
let patient: Person;

beforeAll(async () => {
  system = await startSystem();
  [registrar, admin, doctor, patient] = (await Promise.all([0, 1, 2, 3].map((index) => system.open(index)))) as [
    Person,
    Person,
    Person,
    Person,
  ];
});
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const [name, { page }] of Object.entries({ registrar, admin, doctor, patient }))
    await system.screenshot(page, `failed-${name}`);
});

async function invite(role: "Doctor" | "Patient"): Promise<string> {
  await go(admin, role === "Patient" ? "/hospital/patients" : "/hospital/staff");
  const link = admin.page.getByRole("main").getByRole("link", { name: "Invite", exact: true });
  // The overview, which is left, has two.
  await expect.poll(() => link.count()).toBe(1);
  await within(admin, "add an account", async () => {
    await link.click();
    await expect.poll(() => admin.page.getByLabel("Role").inputValue()).toBe(role.toLowerCase());
    await press(admin, "Sign invitation");
    await admin.page.getByRole("textbox", { name: /link/i }).first().waitFor();
  });
  return admin.page.getByRole("textbox", { name: /link/i }).first().inputValue();
}

describe("every role of the paper, in a real browser", () => {
  it("Fig 2 an admin makes a key and deploys a hospital", async () => {
    await connect(admin);
    await go(admin, "/hospital/new");
    await makeKey(admin);
    await fill(admin, { "Name of the hospital": HOSPITAL });
    await within(admin, "create a hospital", async () => {
      await press(admin, "Review");
      await sees(admin, /I create the hospital/);
      await press(admin, "Sign and create");
      await sees(admin, /Not accredited yet/);
    });
    await sees(admin, /^Give this address to the registrar/);
    await sees(admin, /^0x[0-9A-Fa-f]{40}$/);
    await system.screenshot(admin.page, "admin-hospital");
  });

  it("the registrar reads its profile and accredits it", async () => {
    await connect(registrar);
    await go(registrar, "/registrar");
    await press(registrar, `Review ${HOSPITAL}`);
    await registrar.page.getByRole("region", { name: "Public profile" }).getByText(HOSPITAL).waitFor();
    await system.screenshot(registrar.page, "registrar-accredit");
    await registrar.page.getByRole("dialog").getByRole("button", { name: "Accredit", exact: true }).click();
    await sees(registrar, "No hospital is waiting.");
  });

  it("Fig 4, Fig 7, Fig 11 a doctor and a patient claim their invitations; the doctor makes a key and sees that he waits", async () => {
    const doctorsLink = await invite("Doctor");
    await system.screenshot(admin.page, "admin-invitation");
    const patientsLink = await invite("Patient");
    await doctor.page.goto(doctorsLink);
    await sees(doctor, "You are invited as");
    expect(doctor.page.url()).not.toContain("#");
    await connect(doctor);
    await fill(doctor, { "Your name": "Dr Amara Okafor" });
    await press(doctor, "Use invitation");
    await sees(doctor, "The hospital has to confirm you");
    await follow(doctor, "Make your key");
    await makeKey(doctor);
    await sees(doctor, /The hospital has not confirmed you yet/);
    await sees(doctor, "Your visits will stand here");
    await system.screenshot(doctor.page, "doctor-waits");
    await go(doctor, "/doctor/hours");
    await sees(doctor, "You cannot offer hours yet");
    await go(doctor, "/doctor");
    await patient.page.goto(patientsLink);
    await connect(patient);
    await fill(patient, { "Your name": "Ananya Sharma", "Date of birth": "1984-02-29" });
    await press(patient, "Use invitation");
    await sees(patient, `You belong to ${HOSPITAL}`);
    await system.screenshot(patient.page, "patient-claimed");
  });

  it("Fig 3, Fig 11 the admin confirms the doctor by address", async () => {
    await go(admin, "/hospital");
    await press(admin, /^Confirm Dr Amara Okafor/);
    await admin.page.getByRole("dialog").getByRole("button", { name: "Confirm", exact: true }).click();
    await sees(admin, "Nobody is waiting for a confirmation.");
    await doctor.page.getByText(/The hospital has not confirmed you yet/).waitFor({ state: "detached" });
    await system.screenshot(admin.page, "admin-dashboard");
  });

  it("Fig 5 the admin finds the patient in the list by name", async () => {
    await go(admin, "/hospital/patients");
    await admin.page.getByLabel("Search patients").fill("anan");
    await admin.page.getByRole("rowheader", { name: /Ananya Sharma/ }).waitFor();
    await admin.page.getByLabel("Search patients").fill("nobody");
    await sees(admin, "Nobody matches");
  });

  it("Fig 7, Fig 11 the doctor offers hours; the patient makes a key", async () => {
    await go(doctor, "/doctor/hours");
    await press(doctor, "Weekdays 9 to 17");
    await fill(doctor, { "Fee of a visit, in ETH": "0.02" });
    await press(doctor, "Publish hours");
    await sees(doctor, "Your hours are published.");
    await system.screenshot(doctor.page, "doctor-hours");
    await follow(patient, "Make your key");
    await makeKey(patient);
    await sees(patient, "Who can read your chart");
  });

  it("Fig 7 the patient writes his own details", async () => {
    await go(patient, "/patient/profile");
    await fill(patient, { Name: "Ananya Sharma", "Birth date": "1984-02-29" });
    await press(patient, "Sign and save");
    await sees(patient, "Ananya Sharma");
    await go(patient, "/patient/chart");
    await sees(patient, "Verified");
  });

  it("Text 1, Text 6 the patient books with symptoms and pays, on another day: one click more than the budget", async () => {
    await go(patient, "/patient");
    await within(patient, { clicks: 5, signatures: 1 }, async () => {
      await follow(patient, "Book a visit");
      await choose(patient, "Doctor", /Dr Amara Okafor/);
      // The pictured choice lies over the radio button. The last day is never today, whatever the hour.
      await patient.page.getByRole("group", { name: "Day" }).getByRole("radio").last().check({ force: true });
      await patient.page.getByRole("group", { name: "Time" }).getByRole("radio").first().check({ force: true });
      await fill(patient, { "What troubles you?": "I am thirsty all day.", "Since when?": "three weeks" });
      await sees(patient, /^You pay 0.02 ETH with it/);
      await system.screenshot(patient.page, "patient-book");
      await press(patient, "Sign and book");
      await sees(patient, "Booked. The doctor has to confirm it.");
    });
  });

  it("the patient moves the visit to another time: one signature", async () => {
    const before = patient.wallet!.asked.length;
    await press(patient, /^Move the visit on/);
    const dialog = patient.page.getByRole("dialog");
    await dialog.getByRole("group", { name: "Day" }).getByRole("radio").last().check({ force: true });
    await dialog.getByRole("group", { name: "Time" }).getByRole("radio").last().check({ force: true });
    await system.screenshot(patient.page, "patient-move");
    await press(patient, "Sign and move");
    await sees(patient, "Moved. The doctor has to confirm the new time.");
    expect(patient.wallet!.asked.length - before).toBe(1);
  });

  it("Fig 8, Fig 9 the patient gives access within the budget; declined in the wallet before, it loses nothing", async () => {
    const choices = async () => {
      await follow(patient, "Give access");
      await choose(patient, "Doctor", /Dr Amara Okafor/);
      await press(patient, "Choose what a visit needs");
    };
    await go(patient, "/patient");
    await choices();
    patient.wallet!.declineNext();
    await press(patient, "Sign and give access");
    await sees(patient, /You declined/);
    await sees(patient, /I let/);
    await system.screenshot(patient.page, "patient-grant-declined");
    await go(patient, "/patient");
    await within(patient, "give access", async () => {
      await choices();
      await press(patient, "Sign and give access");
      await sees(patient, /Access given/);
    });
    await system.screenshot(patient.page, "patient-access");
  });

  it("Fig 10, Fig 12 the doctor sees the visit, reads the symptoms, and confirms", async () => {
    await go(doctor, "/doctor");
    const elsewhere = doctor.page.getByText("Requests wait for your answer on other days:");
    await elsewhere.locator("xpath=..").getByRole("link").first().click();
    await sees(doctor, /thirsty all day/);
    await system.screenshot(doctor.page, "doctor-day");
    await press(doctor, /^Confirm/);
    await doctor.page.getByRole("dialog").getByRole("button", { name: "Confirm", exact: true }).click();
    await sees(doctor, "Confirmed");
    await follow(doctor, "Week");
    const week = doctor.page.getByRole("table", { name: "Visits of the week" });
    await week
      .getByRole("cell")
      .getByRole("link", { name: /Confirmed/ })
      .click();
    await sees(doctor, /thirsty all day/);
  });

  it("Text 3 the doctor writes a diagnosis and prescribes two medicines with one signature", async () => {
    await go(doctor, "/doctor/patients");
    await doctor.page.getByRole("main").getByRole("rowheader").getByRole("link").first().click();
    await follow(doctor, "Write a diagnosis");
    await fill(doctor, { Diagnosis: "type 2 diab" });
    await doctor.page.getByRole("option", { name: /^Type 2 diabetes mellitus SNOMED CT/ }).click();
    await sees(doctor, "Recorded with the code SNOMED CT 44054006.");
    await press(doctor, "Sign diagnosis");
    await sees(doctor, "Type 2 diabetes mellitus");
    await doctor.page.getByRole("link", { name: "Prescribe", exact: true }).waitFor();
    await within(doctor, "prescribe two medicines", async () => {
      await follow(doctor, "Prescribe");
      await fill(doctor, { Medicine: "Metformin 500 mg tablets", "How to take it": "1 tablet, morning and evening" });
      await press(doctor, "Add medicine");
      await fill(doctor, { Medicine: "Atorvastatin 20 mg tablets", "How to take it": "1 tablet in the evening" });
      await sees(doctor, "Atorvastatin 20 mg tablets is typed but not in the list yet: add it, or clear the fields.");
      await press(doctor, "Add medicine");
      await system.screenshot(doctor.page, "doctor-prescribe");
      await press(doctor, "Sign prescription");
      await sees(doctor, "Prescriptions that you signed");
      await sees(doctor, "Atorvastatin 20 mg tablets");
    });
    await system.screenshot(doctor.page, "doctor-chart");
  });

  it("Text 4 the doctor records an allergy, and sees it on every page of the chart from then on", async () => {
    await sees(doctor, "No allergy is recorded in what is shared with you");
    await follow(doctor, "Record an allergy");
    await fill(doctor, { "Allergy, or what is not tolerated": "allergy to pean" });
    await doctor.page.getByRole("option", { name: /^Allergy to peanut SNOMED CT/ }).click();
    await sees(doctor, "Recorded with the code SNOMED CT 91935009.");
    await fill(doctor, { "Reaction and remarks (optional)": "Lips swell within minutes" });
    await press(doctor, "Sign allergy");
    const banner = doctor.page.getByRole("region", { name: "Patient", exact: true });
    await banner.getByText("Allergy to peanut").waitFor();
    await follow(doctor, "Prescribe");
    await banner.getByText("Allergy to peanut").waitFor();
  });

  it("the doctor, who reads no letters under the access of a visit, writes one to the patient", async () => {
    await go(doctor, `/doctor/patients/${patient.wallet!.address}`);
    await follow(doctor, "Write to the patient");
    await fill(doctor, { Subject: "The next visit", Message: "Please come fasting." });
    await press(doctor, "Sign and send");
    await sees(doctor, "Prescriptions that you signed");
    await go(patient, "/patient/messages");
    await follow(patient, "The next visit");
    await sees(patient, "Please come fasting.");
  });

  it("Text 2 the patient reads all: two clicks, with nothing left to sign", async () => {
    const before = patient.wallet!.asked.length;
    await go(patient, "/patient");
    await within(patient, "read a record", async () => {
      await follow(patient, "Chart");
      await sees(patient, "Metformin 500 mg tablets");
      await follow(patient, "Type 2 diabetes mellitus");
      await sees(patient, "Dr Amara Okafor");
      await sees(patient, "SNOMED CT 44054006");
    });
    await system.screenshot(patient.page, "patient-diagnosis");
    await follow(patient, "Chart");
    await follow(patient, "Allergy to peanut");
    await sees(patient, "Lips swell within minutes");
    await sees(patient, "SNOMED CT 91935009");
    await go(patient, "/patient/prescriptions");
    await sees(patient, "Atorvastatin 20 mg tablets");
    await system.screenshot(patient.page, "patient-prescriptions");
    expect(patient.wallet!.asked.length).toBe(before);
  });

  it("Fig 9 after the patient ends the access, by two clicks and one signature, the doctor reads and writes nothing new", async () => {
    await go(patient, "/patient/access");
    await within(patient, "end an access", async () => {
      await press(patient, "End access of Dr Amara Okafor");
      await press(patient, "Sign and end access");
      await sees(patient, /Access ended/);
    });
    await go(doctor, "/doctor/patients");
    await sees(doctor, "No patient has given you access");
    await go(doctor, `/doctor/patients/${patient.wallet!.address}`);
    await sees(doctor, /You have no access to/);
  });

  it("the doctor asks for access again; the patient is told, and gives what was asked: one signature each", async () => {
    await press(doctor, "Ask for access");
    const dialog = doctor.page.getByRole("dialog");
    await dialog.getByLabel("Why you ask").fill("To see your results, thirsty or not.");
    await system.screenshot(doctor.page, "doctor-ask");
    const asked = doctor.wallet!.asked.length;
    await dialog.getByRole("button", { name: "Sign and ask" }).click();
    await sees(doctor, /^Asked\. /);
    expect(doctor.wallet!.asked.length - asked).toBe(1);
    await go(patient, "/patient");
    await sees(patient, "A doctor asks for access");
    await follow(patient, "See what is asked");
    await sees(patient, "To see your results, thirsty or not.");
    await system.screenshot(patient.page, "patient-asked");
    const before = patient.wallet!.asked.length;
    await follow(patient, "Review what Dr Amara Okafor asks for");
    await press(patient, "Sign and give access");
    await sees(patient, /Access given/);
    expect(patient.wallet!.asked.length - before).toBe(1);
    await patient.page.getByRole("heading", { name: "Asked of you" }).waitFor({ state: "detached" });
  });

  it("Text 6 the patient cancels the visit in time, and has the fee sent back", async () => {
    await go(patient, "/patient/visits");
    await press(patient, /^Cancel the visit on/);
    await patient.page.getByText("It costs you nothing: the fee of 0.02 ETH comes back to you.").waitFor();
    await press(patient, "Sign and cancel");
    await sees(patient, "Cancelled. The time is free for others.");
    await sees(patient, "0.02 ETH are credited to you");
    await press(patient, "Have it sent");
    await press(patient, "Sign and receive");
    await sees(patient, "Sent to your wallet.");
  });

  it("Text 1 the patient books a time of the first free day within the budget", async () => {
    await go(patient, "/patient");
    await within(patient, "book a visit", async () => {
      await follow(patient, "Book a visit");
      await choose(patient, "Doctor", /Dr Amara Okafor/);
      await patient.page.getByRole("group", { name: "Time" }).getByRole("radio").first().check({ force: true });
      await fill(patient, { "What troubles you?": "I am thirsty all day.", "Since when?": "three weeks" });
      await press(patient, "Sign and book");
      await sees(patient, "Booked. The doctor has to confirm it.");
    });
  });

  it("Text 5 an auditor without a wallet checks blocks, events and the ledger, and gets no ciphertext of it", async () => {
    const auditor = await system.open();
    await go(auditor, "/audit");
    await sees(auditor, /checked in this browser/);
    await system.screenshot(auditor.page, "audit-blocks");
    await go(auditor, `/audit/ledger/${patient.wallet!.address}`);
    await sees(auditor, /head/i);
    await system.screenshot(auditor.page, "audit-ledger");
    await sees(auditor, /The store gives encrypted files only to the patient, readers and auditors/);
    expect(await auditor.page.getByRole("button", { name: /Re-hash/ }).count()).toBe(0);
    await follow(auditor, /^0x/);
    await system.screenshot(auditor.page, "audit-transaction");
    const given = await encryptedRecord(system.stack, 3);
    await within(auditor, "verify a record as auditor", async () => {
      await follow(auditor, "Check a file");
      const chooser = auditor.page.waitForEvent("filechooser");
      await auditor.page.getByLabel("File", { exact: true }).click();
      await (await chooser).setFiles({ name: "record", mimeType: "application/octet-stream", buffer: given });
      await sees(auditor, "Exactly these bytes are anchored in 1 place.");
    });
    expect(auditor.errors).toEqual([]);
  });

  it("no page threw or broke its security policy", () => {
    for (const { errors } of [registrar, admin, doctor, patient]) expect(errors).toEqual([]);
  });

  it("O07, P41 nothing readable left a browser: not sent, not stored, not in a URL", async () => {
    expect(system.sent.length).toBeGreaterThan(200);
    for (const secret of SECRETS) expect(system.sent.filter((text) => text.includes(secret))).toEqual([]);
    expect(await filesWith(SECRETS, system.dataDir)).toEqual([]);
    for (const { page } of [registrar, admin, doctor, patient]) {
      const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
      for (const secret of SECRETS) expect(kept).not.toContain(secret);
    }
  });
});
