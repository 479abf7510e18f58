import { deploymentOn } from "@chartkey/sdk";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import type { Person } from "../e2e/support/person.ts";
import { choose, fill, follow, press, sees } from "../e2e/support/steps.ts";
import type { Screen } from "./screen.ts";
import { EMERGENCY, ASKED } from "./stage.ts";

const dialog = async ({ page }: Person) => page.getByRole("dialog").waitFor();

/** Opens an entry of the chart, and one thing that can be done with it. */
async function openMenu(person: Person, item?: string): Promise<void> {
  await follow(person, "Type 2 diabetes mellitus");
  const { page } = person;
  await page.getByRole("button", { name: "Hide, share, erase" }).click();
  if (item === undefined) return;
  await page.getByRole("button", { name: item, exact: true }).click();
  await dialog(person);
}

/** Puts a transaction of each end into the list, as another page of this browser would; the one without an end is known to no node. */
async function sent({ page, wallet }: Person): Promise<void> {
  const call = { from: wallet!.address, to: deploymentOn(LOCAL_CHAIN_ID).consent, functionName: "grant" };
  const outcomes = [undefined, { state: "replaced" }, { state: "failed", block: 7 }, { state: "mined", block: 6 }];
  const log = outcomes.map((outcome, at) => {
    const hash = `0x${String(at + 1).repeat(64)}`;
    return { ...call, hash, chainId: LOCAL_CHAIN_ID, at: 1_795_000_000, ...(outcome && { outcome }) };
  });
  await page.evaluate((text) => {
    localStorage.setItem("chartkey.sent", text);
    dispatchEvent(new StorageEvent("storage", { key: "chartkey.sent" }));
  }, JSON.stringify(log));
}

/** What a patient sees: one with a chart, one without, one who was away, and those who act for him. */
export const patientScreens: Screen[] = [
  { route: "patient", as: "returning", state: "locked", says: "Unlock your key" },
  { route: "patient", as: "patient", says: "The doctor declined this visit" },
  {
    route: "patient",
    as: "patient",
    state: "account-menu",
    overlay: ".dropdown-menu",
    says: "Who can read your chart",
    then: (person) => press(person, /Switch role or account/),
  },
  { route: "patient", as: "newcomer", state: "empty", says: "Who can read your chart" },
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
  { route: "patient/links", as: "patient", says: "For the clinic" },
  {
    route: "patient/links",
    as: "patient",
    state: "entries",
    says: "For the clinic",
    then: async (person) => {
      await person.page.getByLabel("Single entries").check();
      await sees(person, "Type 2 diabetes mellitus");
      await press(person, "Suggest one");
    },
  },
  {
    route: "patient/links",
    as: "patient",
    state: "made",
    says: "For the clinic",
    then: async (person) => {
      await press(person, "Show the code of For the clinic");
      await person.page.getByRole("img", { name: "Code of this health link" }).waitFor();
    },
  },
  {
    route: "patient/links",
    as: "patient",
    state: "end",
    says: "For the clinic",
    then: async (person) => {
      await press(person, "End For the clinic");
      await dialog(person);
    },
  },
  { route: "patient/links", as: "newcomer", state: "empty", says: "You have no link." },
  { route: "patient/visits", as: "patient", says: "Dr Amara Okafor" },
  {
    route: "patient/visits",
    as: "patient",
    state: "cancel",
    says: "Dr Amara Okafor",
    then: async (person) => {
      await press(person, /^Cancel/);
      await dialog(person);
    },
  },
  {
    route: "patient/visits",
    as: "patient",
    state: "move",
    says: "Dr Amara Okafor",
    then: async (person) => {
      await press(person, /^Move the visit/);
      await dialog(person);
    },
  },
  { route: "patient/visits", as: "newcomer", state: "empty", says: "No visit is booked" },
  {
    route: "patient/visits/new",
    as: "newcomer",
    says: "What troubles you?",
    then: async (person) => {
      await choose(person, "Doctor", /Dr Amara Okafor/);
      await person.page.getByRole("group", { name: "Day" }).getByRole("radio").last().check({ force: true });
      await person.page.getByRole("group", { name: "Time" }).getByRole("radio").first().check({ force: true });
    },
  },
  { route: "patient/prescriptions", as: "patient", says: "Metformin 500 mg tablets" },
  {
    route: "patient/prescriptions",
    as: "patient",
    state: "code",
    says: "Metformin 500 mg tablets",
    then: async (person) => {
      await press(person, "Show to the pharmacist");
      await person.page.getByRole("img", { name: "Private code of this prescription" }).waitFor();
    },
  },
  { route: "patient/prescriptions", as: "newcomer", state: "empty", says: "No prescriptions" },
  {
    route: "patient/prescriptions/:id",
    as: "patient",
    path: "/patient/prescriptions",
    says: "Metformin 500 mg tablets",
    then: async (person) => {
      await follow(person, "Print");
      await sees(person, "Signed electronically by");
    },
  },
  { route: "patient/access", as: "patient", says: "Single entries that you share" },
  {
    route: "patient/access",
    as: "patient",
    state: "end",
    says: "Single entries that you share",
    then: async (person) => {
      await press(person, "End access of Dr Amara Okafor");
      await dialog(person);
    },
  },
  { route: "patient/access", as: "newcomer", state: "empty", says: "Nobody can read your chart" },
  {
    route: "patient/access/deliveries",
    as: "patient",
    says: "Show what I fetched myself",
    then: async (person) => {
      await person.page.getByLabel("Show what I fetched myself").check();
      await sees(person, "Signed for");
    },
  },
  {
    route: "patient/access/deliveries",
    as: "newcomer",
    state: "empty",
    says: "Nobody else fetched the file of an entry",
  },
  {
    route: "patient/access/new",
    as: "newcomer",
    says: "What this doctor may do",
  },
  {
    route: "patient/access/new",
    as: "newcomer",
    state: "declined",
    says: "What this doctor may do",
    then: async (person) => {
      await choose(person, "Doctor", /Dr Amara Okafor/);
      await press(person, "Choose what a visit needs");
      person.wallet!.declineNext();
      await press(person, "Sign and give access");
      await sees(person, /You declined/);
    },
  },
  {
    route: "patient/access/new",
    as: "patient",
    state: "asked",
    path: "/patient/access",
    says: ASKED,
    then: async (person) => {
      await follow(person, /^Review what Dr Tomasz/);
      await sees(person, /^I let Dr Tomasz Wiśniewski .* results/);
    },
  },
  { route: "patient/profile", as: "patient", says: "Your details" },
  { route: "waiting", as: "patient", says: /^Nothing waits$/ },
  { route: "transactions", as: "returning", says: /^Nothing was sent from this browser$/ },
  {
    route: "transactions",
    as: "patient",
    state: "each",
    says: "Transactions",
    then: async (person) => {
      await sent(person);
      await sees(person, "Replaced");
      await sees(person, "Not known to the node");
    },
  },
  { route: "patient/prepared", as: "patient", state: "empty", says: "Nothing waits for you." },
  { route: "patient/hospitals", as: "patient", says: "Ridgeway General Hospital" },
  {
    route: "patient/hospitals",
    as: "patient",
    state: "leave",
    says: "Ridgeway General Hospital",
    then: async (person) => {
      await press(person, /^Leave/);
      await dialog(person);
    },
  },
  { route: "patient/people", as: "newcomer", says: "End mandate" },
  { route: "patient/people", as: "patient", state: "empty", says: "Nobody acts for you" },
  { route: "patient/people/new", as: "patient", says: "Let somebody act for you" },
  { route: "patient/successor", as: "newcomer", says: "A successor waits for acceptance." },
  { route: "patient/successor", as: "patient", state: "empty", says: "Propose a successor" },
  { route: "patient/emergency-card", as: "patient", says: "The card" },
  { route: "patient/emergency-card", as: "newcomer", state: "empty", says: "Hospitals that may hand it over" },
  { route: "patient/emergencies", as: "patient", says: "Waits for review" },
  { route: "patient/emergencies", as: "newcomer", state: "open", says: EMERGENCY },
  {
    route: "patient/emergencies",
    as: "newcomer",
    state: "end",
    says: EMERGENCY,
    then: async (person) => {
      await press(person, "End now");
      await dialog(person);
    },
  },
  { route: "patient", as: "delegate", state: "mandate", says: "You cannot read this chart." },
  { route: "patient/chart", as: "delegate", state: "no-key", says: "This takes the patient’s key" },
];
