import type { Person } from "../e2e/support/person.ts";
import { fill, press, sees } from "../e2e/support/steps.ts";
import type { Screen } from "./screen.ts";

const prompt = ({ page }: Person, title: string) => page.getByRole("dialog", { name: title, exact: true });

/** Connects the development wallet's patient, and unlocks as far as the second signature is asked for. */
async function practise(person: Person): Promise<void> {
  await press(person, "Connect");
  await press(person, "Use the development wallet");
  await press(person, "Use Patient");
  await press(person, "Unlock");
  // A page that signed in to the store before is not asked again.
  const signIn = prompt(person, "Sign this message?");
  const unlock = prompt(person, "Sign this?");
  await signIn.or(unlock).waitFor();
  if (await signIn.isVisible()) await press(person, "Sign");
  await unlock.waitFor();
}

/** Signs nothing more, and goes away with the wallet. */
async function stopPractising(person: Person): Promise<void> {
  await press(person, "Decline");
  await person.page.keyboard.press("Escape");
  await press(person, /Switch role or account/);
  await press(person, "Disconnect");
}

/** What everybody sees, without a wallet or a role. */
export const publicScreens: Screen[] = [
  { route: "", as: "visitor", says: "What would you like to do?" },
  {
    route: "",
    as: "visitor",
    state: "connect",
    says: "What would you like to do?",
    then: async (person) => {
      await press(person, "Connect");
      await person.page.getByRole("dialog").getByText("Development wallet").first().waitFor();
    },
  },
  { route: "*", as: "visitor", path: "/nowhere", says: "There is no such page" },
  { route: "claim", as: "visitor", says: "Use an invitation" },
  {
    route: "claim",
    as: "visitor",
    state: "invited",
    path: ({ invitation }) => `/claim#${invitation}`,
    says: "You are invited as",
  },
  {
    route: "claim",
    as: "visitor",
    state: "no-wallet",
    path: ({ invitation }) => `/claim#${invitation}`,
    says: "You are invited as",
    then: async (person) => {
      await press(person, "Connect a wallet");
      await person.page.getByRole("dialog").getByText("Copy your invitation first.").waitFor();
    },
  },
  {
    route: "claim",
    as: "visitor",
    state: "wrong",
    path: "/claim#not-an-invitation",
    says: "This is not a whole invitation",
  },
  {
    route: "claim",
    as: "doctor",
    state: "question",
    path: ({ invitation }) => `/claim#${invitation}`,
    says: "You are invited as",
    then: (person) => sees(person, "Is this invitation for you?"),
  },
  { route: "card", as: "visitor", says: "Open an emergency card" },
  {
    route: "card",
    as: "visitor",
    state: "wrong",
    says: "Open an emergency card",
    then: async (person) => {
      await person.page.getByRole("main").getByRole("textbox").first().fill("not a card");
      await press(person, "Open");
      await person.page.getByRole("alert").first().waitFor();
    },
  },
  { route: "shl", as: "visitor", says: "Open a health link" },
  {
    route: "shl",
    as: "visitor",
    state: "asked",
    path: ({ healthLink }) => `/shl#${healthLink}`,
    says: "Its server",
  },
  {
    route: "shl",
    as: "visitor",
    state: "wrong",
    path: ({ healthLink }) => `/shl#${healthLink}`,
    says: "Its server",
    then: async (person) => {
      await fill(person, { "Who are you?": "Dr Roth, City Clinic", Passcode: "000000" });
      await press(person, "Open the records");
      await sees(person, /tries are left/);
    },
  },
  {
    route: "shl",
    as: "visitor",
    state: "opened",
    path: ({ healthLink }) => `/shl#${healthLink}`,
    says: "Its server",
    then: async (person) => {
      await fill(person, { "Who are you?": "Dr Roth, City Clinic", Passcode: "correct horse" });
      await press(person, "Open the records");
      await sees(person, "These records came without a signature");
      await person.page.locator("main li summary").nth(1).click();
    },
  },
  {
    route: "shl",
    as: "visitor",
    state: "cards",
    path: ({ cardLink }) => `/shl#${cardLink.text}`,
    says: "Its server",
    then: async (person, { cardLink }) => {
      await fill(person, { "Who are you?": "Dr Roth, City Clinic" });
      await press(person, "Open the records");
      await sees(person, "Signature not checked");
      const buffer = Buffer.from(cardLink.keys);
      await person.page
        .getByLabel("Or choose a file with its keys")
        .setInputFiles({ name: "jwks.json", mimeType: "application/json", buffer });
      await sees(person, "Signature holds");
    },
  },
  { route: "verify", as: "visitor", says: "Verify a prescription" },
  {
    route: "verify",
    as: "visitor",
    state: "genuine",
    path: ({ orderReference }) => `/verify#${orderReference}`,
    says: "Genuine, and something is left",
  },
  { route: "protection", as: "visitor", says: "What it cannot do" },
  { route: "audit", as: "visitor", says: /checked in this browser/ },
  { route: "audit/block/:id", as: "visitor", path: ({ block }) => `/audit/block/${block}`, says: "Seal (SHA-256)" },
  {
    route: "audit/tx/:hash",
    as: "visitor",
    path: ({ transaction }) => `/audit/tx/${transaction}`,
    says: /EntryAnchored|Entry anchored/i,
  },
  {
    route: "audit/address/:address",
    as: "visitor",
    path: ({ patient }) => `/audit/address/${patient}`,
    says: /^Address/,
  },
  {
    route: "audit/address/:address",
    as: "visitor",
    state: "doctor",
    path: ({ stranger }) => `/audit/address/${stranger}`,
    says: "Roles",
  },
  {
    route: "audit/contract/:address",
    as: "visitor",
    path: ({ contract }) => `/audit/contract/${contract}`,
    says: "Everything that the compiler was given",
  },
  {
    route: "audit/contract/:address",
    as: "visitor",
    state: "asked",
    path: ({ contract }) => `/audit/contract/${contract}`,
    says: "Everything that the compiler was given",
    then: async (person, { patient }) => {
      await person.page.getByText("head(address)").click();
      await person.page.getByRole("textbox", { name: "Patient", exact: true }).fill(patient);
      await press(person, "Ask head");
      await sees(person, /Answer as of block/);
    },
  },
  { route: "audit/statistics", as: "visitor", says: "By hospital" },
  { route: "audit/ledgers", as: "visitor", says: /0x/ },
  {
    route: "audit/ledger/:address",
    as: "visitor",
    path: ({ patient }) => `/audit/ledger/${patient}`,
    says: "Changes of consent",
  },
  { route: "audit/check", as: "visitor", says: "Check a file" },
  { route: "patient", as: "visitor", state: "no-wallet", says: "No wallet is connected" },
  {
    route: "patient",
    as: "visitor",
    state: "signing",
    says: "No wallet is connected",
    then: practise,
    after: stopPractising,
  },
  {
    route: "patient/access",
    as: "visitor",
    state: "sending",
    says: "No wallet is connected",
    then: async (person) => {
      await practise(person);
      await press(person, "Sign");
      await press(person, "End access of Dr Amara Okafor");
      await press(person, "Sign and end access");
      await prompt(person, "Send this transaction?").waitFor();
    },
    after: stopPractising,
  },
  { route: "patient", as: "heir", state: "no-role", says: "This account is not registered" },
  { route: "doctor", as: "patient", state: "other-role", says: /You are here as/ },
  { route: "key", as: "applicant", state: "no-key", says: "Make your key" },
  { route: "shared", as: "applicant", state: "no-key", says: "Make your key" },
  {
    route: "hospital/new",
    as: "founder",
    says: "Create a hospital",
  },
  {
    route: "hospital/new",
    as: "founder",
    state: "review",
    says: "Create a hospital",
    then: async (person) => {
      await fill(person, { "Name of the hospital": "Larch Ward" });
      await press(person, "Review");
      await sees(person, /I create the hospital/);
    },
  },
  { route: "key/renew", as: "applicant", says: "You act for nobody" },
  { route: "key/renew", as: "successor", says: "Make a new key for the records" },
  {
    route: "key/renew",
    as: "successor",
    state: "code",
    says: "Make a new key for the records",
    then: async (person) => {
      const { page } = person;
      const signIn = page.getByRole("button", { name: "Sign in to the store" });
      const field = page.getByLabel("Recovery code", { exact: true });
      await signIn.or(field).first().waitFor();
      if (await signIn.isVisible()) await signIn.click();
      await field.waitFor();
    },
  },
  { route: "successor", as: "heir", says: "An account is offered to you" },
  { route: "successor", as: "applicant", state: "empty", says: "Nothing is offered to this wallet" },
  { route: "key", as: "doctor", says: "Its signature opens the key." },
  { route: "shared", as: "colleague", says: "Shared with you" },
  {
    route: "shared",
    as: "colleague",
    state: "opened",
    says: "Shared with you",
    then: async (person, { share }) => {
      await person.page.getByRole("main").getByRole("textbox").first().fill(share);
      await press(person, "Open");
      await sees(person, "Shared by:");
    },
  },
  { route: "review", as: "colleague", says: "Waits for review" },
  {
    route: "review",
    as: "colleague",
    state: "judge",
    says: "Waits for review",
    then: async (person) => {
      await press(person, "Judge");
      await person.page.getByRole("dialog").waitFor();
    },
  },
  { route: "review", as: "newcomer", state: "empty", says: "You review for no hospital" },
  {
    route: "audit",
    as: "visitor",
    state: "silent-node",
    says: /checked in this browser/,
    then: async ({ page }, { rpcUrl }) => {
      await page.route(`${rpcUrl}/**`, (route) => route.abort());
      await page.getByText("The chain does not answer").waitFor();
    },
    after: ({ page }, { rpcUrl }) => page.unroute(`${rpcUrl}/**`),
  },
];
