import type * as Sdk from "@chartkey/sdk";
import { HEALTH_CARD_TYPE, utf8 } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { cardFile, newCardIssuer } from "../../../../test/support/card-issuer.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { showFiles } from "../../lib/cards/content.ts";
import { OpenedFiles } from "./OpenedFiles.tsx";

const sdk = vi.hoisted(() => ({ requestHealthCardKeys: vi.fn() }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));

const PATIENCE = { timeout: 60_000 };
const TIME = 1_800_000_000;
const NO_KEY = "No key was given to check it with.";
const condition = { resourceType: "Condition", code: { text: "Asthma" }, subject: { display: "me" } };

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

/** Shows files that a link opened. */
async function show(...files: Sdk.HealthLinkFile[]) {
  const shown = await showFiles(files, await loadValidator());
  render(
    <MemoryRouter>
      <OpenedFiles opened={{ files, shown, mayChange: false, time: TIME }} />
    </MemoryRouter>,
  );
}

const cards = (...all: string[]) => ({ contentType: HEALTH_CARD_TYPE, data: cardFile(...all) });

/** Chooses a file of keys for the cards of a host. */
function choose(host: string, content: string | Uint8Array<ArrayBuffer>, name = "jwks.json") {
  const section = within(screen.getByRole("region", { name: `Signatures of ${host}` }));
  const file = new File([content], name);
  fireEvent.change(section.getByLabelText("Or choose a file with its keys"), { target: { files: [file] } });
}

/** One letter of the signature is another. */
const altered = (jws: string) =>
  jws.replace(/(.)(.{10})$/, (_, letter: string, rest) => (letter === "A" ? "B" : "A") + rest);

it("shows a card as one that nobody checked, and asks nobody for keys", async () => {
  const { issue, issuer } = await newCardIssuer();
  await show(cards(await issue([condition])));
  expect(screen.getByText("Signature not checked")).toBeDefined();
  expect(screen.getByText(NO_KEY, { exact: false })).toBeDefined();
  expect(screen.getByText(issuer)).toBeDefined();
  expect(screen.getByText("Asthma", { selector: "summary *" })).toBeDefined();
  expect(screen.queryByText("These records came without a signature")).toBeNull();
  expect(sdk.requestHealthCardKeys).not.toHaveBeenCalled();
});

it("says which signatures hold with the issuer's key file, and shows nothing of those that do not", async () => {
  const { issue, keyFile } = await newCardIssuer();
  const forged = altered(await issue([{ ...condition, code: { text: "Diabetes" } }]));
  await show(cards(await issue([condition]), forged));
  choose("clinic.example", keyFile);
  expect(await screen.findByText("Signature holds", {}, PATIENCE)).toBeDefined();
  expect(screen.getByText(/if the key is really the issuer's/)).toBeDefined();
  expect(screen.getByText(/Whether the issuer took the card back was not asked/)).toBeDefined();
  expect(screen.getByText(/The file does not say whose it is/).textContent).toContain("jwks.json");
  expect(screen.getByText("Signature does not hold")).toBeDefined();
  expect(screen.getByText("Asthma", { selector: "summary *" })).toBeDefined();
  expect(screen.queryByText("Diabetes", { selector: "summary *" })).toBeNull();
});

it("counts keys for the issuer that they were given for, and says when none is the card's", async () => {
  const own = await newCardIssuer();
  const other = await newCardIssuer("https://other.example");
  await show(cards(await own.issue([condition]), await other.issue([condition])));
  choose("clinic.example", other.keyFile);
  expect(await screen.findByText(/is not among those given/, {}, PATIENCE)).toBeDefined();
  expect(screen.getAllByText(NO_KEY, { exact: false })).toHaveLength(1);
  choose("other.example", "{}");
  expect(await screen.findByText("This file holds no keys of issuers", {}, PATIENCE)).toBeDefined();
});

it("says that a list took a card back, and names the list", async () => {
  const { issue, issuer, kid, key } = await newCardIssuer();
  const crls = [{ kid, method: "rid", ctr: 1, rids: ["r1"] }];
  const list = JSON.stringify({ issuerInfo: [{ issuer: { iss: issuer }, keys: [key], crls }] });
  await show(cards(await issue([condition], { vc: { rid: "r1" } }), await issue([condition], { vc: { rid: "r2" } })));
  choose("clinic.example", list, "snapshot.json");
  expect(await screen.findByText("Taken back by its issuer", {}, PATIENCE)).toBeDefined();
  expect(screen.getByText(/keys that the list snapshot\.json has/)).toBeDefined();
  expect(screen.getByText(/It is not in the list of cards taken back/)).toBeDefined();
  expect(screen.getAllByText("Asthma", { selector: "summary *" })).toHaveLength(1);
});

it("asks the issuer when somebody says so", async () => {
  const { issue, issuer, keyFile } = await newCardIssuer();
  const { readHealthCardKeys } = await vi.importActual<typeof Sdk>("@chartkey/sdk");
  sdk.requestHealthCardKeys.mockResolvedValue(readHealthCardKeys(keyFile, issuer));
  await show(cards(await issue([condition])));
  fireEvent.click(screen.getByRole("button", { name: "Ask clinic.example for its keys" }));
  expect(await screen.findByText("Signature holds", {}, PATIENCE)).toBeDefined();
  expect(screen.getByText(/itself gave just now/)).toBeDefined();
  expect(sdk.requestHealthCardKeys).toHaveBeenCalledWith(issuer);
});

it("says of a card when it counts, and of the rest that it came without a signature", async () => {
  const { issue } = await newCardIssuer();
  const fhir = { contentType: "application/fhir+json", data: utf8(JSON.stringify(condition)) };
  const [early, late] = [{ nbf: TIME + 1 }, { exp: TIME - 1 }];
  await show(cards(await issue([], { claims: early }), await issue([], { claims: late }), "x"), fhir);
  expect(screen.getByText(/does not count yet/)).toBeDefined();
  expect(screen.getByText(/counts no more/)).toBeDefined();
  expect(screen.getByText("One card of the file cannot be read and is not shown.")).toBeDefined();
  expect(screen.getByText("What is in no card came without a signature")).toBeDefined();
});
