import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { choose, fill, follow, press, sees } from "../e2e/support/steps.ts";
import { type Screen, dialog } from "./screen.ts";
import type { Stage } from "./stage.ts";

const chart = ({ patient }: Stage) => `/doctor/patients/${patient}`;

/** What those who work at a hospital see, and the registrar. */
export const staffScreens: Screen[] = [
  {
    route: "doctor",
    as: "doctor",
    says: "No visits on this day",
  },
  {
    route: "doctor",
    as: "doctor",
    state: "visit",
    says: "No visits on this day",
    then: async (person) => {
      await follow(person, "Show the next visit");
      await sees(person, /Thirsty all day/);
    },
  },
  { route: "doctor", as: "colleague", state: "empty", says: "No visits on this day" },
  {
    route: "doctor/week",
    as: "doctor",
    says: /^(1 visit|No visits)$/,
    then: async (person) => {
      if (await person.page.getByText("No visits in this week").isVisible()) await press(person, "Next week");
      await sees(person, "Ananya Sharma");
    },
  },
  { route: "doctor/week", as: "colleague", state: "empty", says: "No visits in this week" },
  { route: "doctor/hours", as: "doctor", says: "Your hours" },
  { route: "doctor/patients", as: "doctor", says: "Ananya Sharma" },
  {
    route: "doctor/messages",
    as: "doctor",
    says: "Messages are not for emergencies",
    then: async (person) => {
      const look = person.page.getByRole("button", { name: "Open them" });
      const found = person.page.getByRole("link", { name: "Metformin and breakfast" });
      await look.or(found).first().waitFor();
      if (await look.isVisible()) await look.click();
      await found.waitFor();
    },
  },
  { route: "doctor/messages", as: "colleague", state: "empty", says: "No patient shares messages with you" },
  {
    route: "doctor/patients/:address/messages",
    as: "doctor",
    path: (stage) => `${chart(stage)}/messages`,
    says: "Metformin and breakfast",
  },
  {
    route: "doctor/patients/:address/messages/:key",
    as: "doctor",
    path: (stage) => `${chart(stage)}/messages`,
    says: "Metformin and breakfast",
    then: async (person) => {
      await follow(person, "Sleep");
      await sees(person, "The patient keeps this entry hidden.");
    },
  },
  { route: "doctor/emergency", as: "doctor", says: "Only when waiting would harm." },
  { route: "doctor/patients/:address", as: "doctor", path: chart, says: "Prescriptions that you signed" },
  {
    route: "doctor/patients/:address",
    as: "doctor",
    state: "no-access",
    path: ({ stranger }) => `/doctor/patients/${stranger}`,
    says: /You have no access to/,
  },
  {
    route: "doctor/patients/:address/entry/:key",
    as: "doctor",
    path: chart,
    says: "Prescriptions that you signed",
    then: async (person) => {
      await follow(person, "Type 2 diabetes mellitus");
      await sees(person, "On the chain");
    },
  },
  {
    route: "doctor/patients/:address/prescribe",
    as: "doctor",
    path: (stage) => `${chart(stage)}/prescribe`,
    says: "Medicine",
    then: async (person) => {
      await fill(person, { Medicine: "Metformin 500 mg tablets", "How to take it": "1 tablet, morning and evening" });
      await press(person, "Add medicine");
    },
  },
  {
    route: "doctor/patients/:address/prescriptions/:id",
    as: "doctor",
    path: chart,
    says: "Prescriptions that you signed",
    then: async (person) => {
      await follow(person, /^Print/);
      await sees(person, "Signed electronically by");
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "file",
    path: (stage) => `${chart(stage)}/write/attach`,
    says: "What readers see in the list.",
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "referral",
    path: (stage) => `${chart(stage)}/write/referral`,
    says: "Reason and question",
    then: async (person) => {
      await choose(person, "Colleague (optional)", /Dr Tomasz/);
      await sees(person, /to Dr Tomasz Wiśniewski/);
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "bill",
    path: (stage) => `${chart(stage)}/write/bill`,
    says: "What was done",
    then: async (person) => {
      await press(person, "Another service");
      await fill(person, { "Service 1": "Consultation", "Amount 1": "80", "Service 2": "ECG", "Amount 2": "24.50" });
      await choose(person, "Currency", /^EUR/);
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "pressure",
    path: (stage) => `${chart(stage)}/write/measure`,
    says: "Measured value",
    then: async (person) => {
      await fill(person, { Test: "Blood pressure (mm[Hg])" });
      const fields = person.page.getByLabel("mmHg", { exact: true });
      await fields.first().fill("150");
      await fields.last().fill("85");
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "measured",
    path: (stage) => `${chart(stage)}/write/measure`,
    says: "Measured value",
    then: async (person) => {
      await fill(person, { Test: "Potassium (mmol/L)", Value: "5.9", "Usual from (optional)": "3.5" });
      await fill(person, { "Usual to (optional)": "5.1" });
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    path: (stage) => `${chart(stage)}/write/diagnosis`,
    says: "Write a diagnosis",
    then: async (person) => {
      await fill(person, { Diagnosis: "type 2 diab" });
      await person.page.getByRole("listbox").getByRole("option").first().click();
      await sees(person, /^Recorded with the code/);
    },
  },
  {
    route: "doctor/patients/:address/write/:kind",
    as: "doctor",
    state: "suggestions",
    path: (stage) => `${chart(stage)}/write/diagnosis`,
    says: "Write a diagnosis",
    then: async (person) => {
      await fill(person, { Diagnosis: "hypertens" });
      await person.page.getByRole("listbox").getByRole("option").first().waitFor();
      await person.page.keyboard.press("ArrowDown");
    },
  },
  { route: "pharmacist", as: "pharmacist", says: "Dispense" },
  {
    route: "pharmacist",
    as: "pharmacist",
    state: "order",
    says: "Dispense",
    then: async (person, { orderCode }) => {
      await person.page.getByLabel("Text of the code").fill(orderCode);
      await press(person, "Open prescription");
      await sees(person, "What do you hand out?");
    },
  },
  { route: "pharmacist/today", as: "pharmacist", says: /Medicine 1/ },
  { route: "pharmacist/standing", as: "pharmacist", says: "Ridgeway General Hospital" },
  { route: "hospital", as: "admin", says: "Dr Mei Lin" },
  {
    route: "hospital",
    as: "admin",
    state: "confirm",
    says: "Dr Mei Lin",
    then: async (person) => {
      await press(person, /^Confirm Dr Mei Lin/);
      await dialog(person);
    },
  },
  { route: "hospital", as: "founder", state: "pending", says: "Not accredited yet." },
  { route: "hospital/staff", as: "admin", says: "Dr Amara Okafor" },
  {
    route: "hospital/staff",
    as: "admin",
    state: "suspend",
    says: "Dr Amara Okafor",
    then: async (person) => {
      await press(person, /^Suspend/);
      await dialog(person);
    },
  },
  { route: "hospital/patients", as: "admin", says: "Ananya Sharma" },
  { route: "hospital/patients", as: "founder", state: "empty", says: "Patients" },
  { route: "hospital/invite", as: "admin", says: "Invite somebody" },
  {
    route: "hospital/invite",
    as: "admin",
    state: "signed",
    says: "Invite somebody",
    then: async (person) => {
      await press(person, "Sign invitation");
      await person.page.getByRole("textbox", { name: /link/i }).first().waitFor();
    },
  },
  {
    route: "hospital/invite/list",
    as: "admin",
    says: "Download a sample",
    then: async (person) => {
      await fill(person, { "Or paste the list": "role,name,speciality\npatient,Ananya Sharma,\nnurse,Nobody," });
      await sees(person, /^Line 3/);
    },
  },
  {
    route: "hospital/invite/list",
    as: "founder",
    state: "signed",
    says: "Download a sample",
    then: async (person) => {
      const people = "role,name,speciality\npatient,Ananya Sharma,\ndoctor,Dr Mei Lin,Cardiology";
      await fill(person, { "Or paste the list": people });
      await press(person, "Go on with 2 people");
      await press(person, "Sign 2 invitations");
      await sees(person, "2 of 2 invitations are signed.");
    },
  },
  { route: "hospital/reviewers", as: "admin", says: "Emergency key" },
  { route: "registrar", as: "registrar", says: "Elmford Clinic" },
  {
    route: "registrar",
    as: "registrar",
    state: "other-network",
    says: "Elmford Clinic",
    then: async ({ wallet, page }) => {
      await wallet!.chooseChain(1);
      await page.getByText("Your wallet is on another network.").waitFor();
    },
    after: ({ wallet }) => wallet!.chooseChain(LOCAL_CHAIN_ID),
  },
  {
    route: "registrar",
    as: "registrar",
    state: "review",
    says: "Elmford Clinic",
    then: async (person) => {
      await press(person, "Review Elmford Clinic");
      await dialog(person);
    },
  },
];
