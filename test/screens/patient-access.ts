import { choose, follow, press, sees } from "../e2e/support/steps.ts";
import { type Screen, dialog } from "./screen.ts";
import { ASKED, EMERGENCY } from "./stage.ts";

/** What a patient sees of others: whoever reads the chart, was handed its files, has a link to it, acts for him or helps in an emergency. */
export const patientAccessScreens: Screen[] = [
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
    state: "renew",
    says: "My vaccinations",
    then: async (person) => {
      await press(person, "Renew what My vaccinations opens");
      await dialog(person);
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
      await sees(person, "Confirmed by this person’s wallet");
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
];
