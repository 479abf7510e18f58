import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import { cardFile, newCardIssuer } from "../../../../test/support/card-issuer.ts";
import { heldFile } from "../../lib/files/source.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { FileBox } from "./FileBox.tsx";

const PATIENCE = { timeout: 60_000 };
const condition = { resourceType: "Condition", code: { text: "Asthma" }, subject: { display: "me" } };

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

/** Asks for what a file that is kept as one of cards says. */
function show(bytes: Uint8Array<ArrayBuffer>) {
  const about = { title: "Ada", contentType: "application/smart-health-card", size: bytes.length };
  render(
    <MemoryRouter>
      <FileBox source={heldFile(about, () => bytes)} saved="Saved." />
    </MemoryRouter>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Show what the card says" }));
}

it(
  "shows a kept card unchecked, asks nobody, and holds it against a file of keys",
  async () => {
    const { issue, keyFile, issuer } = await newCardIssuer();
    show(cardFile(await issue([condition])));
    const card = await screen.findByRole("article", { name: "SMART Health Card" }, PATIENCE);
    expect(within(card).getByText("Signature not checked")).toBeDefined();
    expect(within(card).getByText("Asthma", { selector: "summary *" })).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Ask / })).toBeNull();
    const section = screen.getByRole("region", { name: `Signatures of ${new URL(issuer).host}` });
    fireEvent.change(within(section).getByLabelText("Choose a file with its keys"), {
      target: { files: [new File([keyFile], "jwks.json")] },
    });
    expect(await within(card).findByText("Signature holds", {}, PATIENCE)).toBeDefined();
  },
  PATIENCE.timeout,
);

it("says of a file that holds no card that it holds none", async () => {
  show(new TextEncoder().encode("{}"));
  expect(await screen.findByText(/holds none that can be read/, {}, PATIENCE)).toBeDefined();
});
