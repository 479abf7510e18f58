import { deploymentOn } from "@chartkey/sdk";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import type { Person } from "../e2e/support/person.ts";
import { choose, follow, press, sees } from "../e2e/support/steps.ts";
import { type Screen, dialog } from "./screen.ts";

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

/** Readers are new until the patient has seen it. */
const FIRST = /handed files of your chart for the first time/;

/** What a patient sees of visits, prescriptions, his account and hospitals: one with a chart, one without, and one who was away. */
export const patientScreens: Screen[] = [
  { route: "patient", as: "returning", state: "locked", says: "Unlock your key" },
  { route: "patient", as: "patient", state: "new-readers", says: FIRST },
  {
    route: "patient",
    as: "patient",
    says: FIRST,
    then: async (person) => {
      await press(person, "Seen");
      await person.page.getByText(FIRST).waitFor({ state: "detached" });
      await sees(person, "The doctor declined this visit");
    },
  },
  {
    route: "patient",
    as: "patient",
    state: "account-menu",
    overlay: ".dropdown-menu",
    says: "Who can read your chart",
    then: (person) => press(person, /Switch role or account/),
  },
  { route: "patient", as: "newcomer", state: "empty", says: "Who can read your chart" },
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
  { route: "patient", as: "delegate", state: "mandate", says: "You cannot read this chart." },
  { route: "patient/chart", as: "delegate", state: "no-key", says: "This takes the patient’s key" },
];
