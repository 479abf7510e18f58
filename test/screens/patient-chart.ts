import type { Person } from "../e2e/support/person.ts";
import { fill, follow, press, sees } from "../e2e/support/steps.ts";
import { type Screen, dialog } from "./screen.ts";

/** Opens an entry of the chart, and one thing that can be done with it. */
async function openMenu(person: Person, item?: string): Promise<void> {
  await follow(person, "Type 2 diabetes mellitus");
  const { page } = person;
  await page.getByRole("button", { name: "Hide, share, erase" }).click();
  if (item === undefined) return;
  await page.getByRole("button", { name: item, exact: true }).click();
  await dialog(person);
}

/** What a patient sees of the chart: its entries, messages, and how it is taken along. */
export const patientChartScreens: Screen[] = [
  { route: "patient/chart", as: "patient", says: "Type 2 diabetes mellitus" },
  {
    route: "patient/chart/:key",
    as: "patient",
    path: "/patient/chart",
    says: "Type 2 diabetes mellitus",
    then: async (person) => {
      await follow(person, "Type 2 diabetes mellitus");
      await sees(person, "On the chain");
    },
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "pressures",
    path: "/patient/chart",
    says: "Type 2 diabetes mellitus",
    then: async (person) => {
      await follow(person, "Blood pressure");
      await sees(person, "Over time");
    },
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "menu",
    overlay: ".dropdown-menu",
    path: "/patient/chart",
    says: "Type 2 diabetes mellitus",
    then: (person) => openMenu(person),
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "share",
    path: "/patient/chart",
    says: "Type 2 diabetes mellitus",
    then: (person) => openMenu(person, "Share"),
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "erase",
    path: "/patient/chart",
    says: "Type 2 diabetes mellitus",
    then: (person) => openMenu(person, "Erase"),
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "gone",
    path: "/patient/chart/none",
    says: "There is no such entry",
  },
  { route: "patient/add", as: "patient", says: "Add an entry" },
  {
    route: "patient/add",
    as: "patient",
    state: "file",
    path: "/patient/add?way=attach",
    says: "What readers see in the list.",
    then: async ({ page }) => {
      const buffer = Buffer.alloc(2_400_000, "scan");
      await page
        .getByLabel("File", { exact: true })
        .setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer });
    },
  },
  {
    route: "patient/add",
    as: "patient",
    state: "import",
    path: "/patient/add?way=file",
    says: "FHIR file",
    then: async (person) => {
      const entry = [{ resourceType: "Basic", code: { text: "x" } }, { resourceType: "Spaceship" }];
      const bundle = { resourceType: "Bundle", type: "collection", entry: entry.map((resource) => ({ resource })) };
      const file = { name: "export.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(bundle)) };
      await person.page.getByLabel("FHIR file").setInputFiles(file);
      await sees(person, "Can be added: 1");
    },
  },
  { route: "patient/add", as: "patient", state: "message", path: "/patient/add?way=message", says: "Subject" },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "document",
    path: "/patient/chart",
    says: "Letter of discharge",
    then: async (person) => {
      await follow(person, "Letter of discharge");
      await sees(person, "In the author's words");
      await press(person, "Show the text");
      await sees(person, "Dear colleague");
    },
  },
  {
    route: "patient/chart/:key",
    as: "patient",
    state: "pdf",
    path: "/patient/chart",
    says: "Lipid panel.pdf",
    then: async (person) => {
      await follow(person, "Lipid panel.pdf");
      await press(person, "Show the pages");
      await sees(person, "The text of this page");
    },
  },
  { route: "patient/messages", as: "patient", says: "Messages are not for emergencies" },
  { route: "patient/messages", as: "newcomer", state: "empty", says: "No messages yet" },
  {
    route: "patient/messages/:key",
    as: "patient",
    path: "/patient/messages",
    says: "Metformin and breakfast",
    then: async (person) => {
      await follow(person, "Metformin and breakfast");
      await sees(person, "Take it with your first meal");
      await fill(person, { "Your answer": "Thank you. Then I take it at ten." });
    },
  },
  {
    route: "patient/messages/:key",
    as: "patient",
    state: "referral",
    path: "/patient/messages",
    says: "Cardiology",
    then: async (person) => {
      await follow(person, "Cardiology");
      await sees(person, "May not read your messages now: Dr Tomasz Wiśniewski");
    },
  },
  {
    route: "patient/messages/:key",
    as: "patient",
    state: "gone",
    path: "/patient/messages/none",
    says: "There is no such conversation",
  },
  {
    route: "patient/take-out",
    as: "patient",
    says: "The file is not encrypted.",
    then: async (person) => {
      await press(person, "Print the summary");
      await sees(person, "Nobody has checked the whole of it");
    },
  },
];
