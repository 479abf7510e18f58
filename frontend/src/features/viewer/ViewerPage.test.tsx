import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, encodeHealthLink, newHealthLinkKey, utf8 } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ViewerPage } from "./ViewerPage.tsx";

const sdk = vi.hoisted(() => ({ requestManifest: vi.fn(), openManifest: vi.fn() }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));

const PATIENCE = { timeout: 60_000 };
const FHIR = "application/fhir+json";
const key = newHealthLinkKey();
const linkOf = (more: object = {}) =>
  encodeHealthLink({ url: "https://links.example/shl/x", key, label: "For the clinic", ...more });

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

/** Pastes a link, after the one before was closed. */
function show(text: string) {
  render(
    <MemoryRouter>
      <ViewerPage />
    </MemoryRouter>,
  );
  const another = screen.queryByRole("button", { name: /another link|Close and forget/ });
  if (another) fireEvent.click(another);
  fireEvent.change(screen.getByLabelText("SMART Health Link"), { target: { value: text } });
  fireEvent.click(screen.getByRole("button", { name: "Continue" }));
}

const ask = (passcode?: string) => {
  fireEvent.change(screen.getByLabelText("Who are you?"), { target: { value: "Dr Roth" } });
  if (passcode !== undefined) fireEvent.change(screen.getByLabelText("Passcode"), { target: { value: passcode } });
  fireEvent.click(screen.getByRole("button", { name: "Open the records" }));
};

const manifest = { files: [{ embedded: "x" }], otherHosts: [] };
const file = (json: unknown, contentType = FHIR) => ({ contentType, data: utf8(JSON.stringify(json)) });

it("shows the host, and asks nothing of it before somebody says who he is", () => {
  show(linkOf());
  expect(screen.getByText("For the clinic")).toBeDefined();
  expect(screen.getByText("links.example")).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Open the records" }).disabled).toBe(true);
  expect(screen.getByText("Say who you are first.", { exact: false }).textContent).toContain("links.example");
  expect(sdk.requestManifest).not.toHaveBeenCalled();
});

it("says beside a medicine how it is taken, and beside a value that it is high", async () => {
  const subject = { display: "me" };
  const medicine = {
    ...{ resourceType: "MedicationRequest", status: "active", intent: "order", subject },
    medicationCodeableConcept: { text: "Amoxicillin" },
    dosageInstruction: [{ text: "1 three times a day" }],
  };
  const result = {
    ...{ resourceType: "Observation", status: "final", code: { text: "Potassium" } },
    valueQuantity: { value: 5.9, unit: "mmol/L" },
    referenceRange: [{ high: { value: 5.1, unit: "mmol/L" } }],
  };
  sdk.requestManifest.mockResolvedValue(manifest);
  sdk.openManifest.mockResolvedValue([file(medicine), file(result)]);
  show(linkOf());
  ask();
  const lineOf = async (name: string) => (await screen.findByText(name, {}, PATIENCE)).closest("summary")?.textContent;
  expect(await lineOf("Amoxicillin")).toContain("1 three times a day");
  expect(await lineOf("Potassium")).toContain("(High)");
});

it("says how many tries are left, and opens with the right passcode", async () => {
  const wrong = new ChartkeyError("HEALTH_LINK_PASSCODE", "no", { details: { remainingAttempts: 3 } });
  sdk.requestManifest.mockRejectedValueOnce(wrong).mockResolvedValue(manifest);
  sdk.openManifest.mockResolvedValue([file({ resourceType: "Basic", code: { text: "Walks with a stick" } })]);
  show(linkOf({ flag: "P" }));
  ask("000000");
  await screen.findByText(/3 more tries are left/, {}, PATIENCE);
  const locked = new ChartkeyError("HEALTH_LINK_PASSCODE", "no", { details: { remainingAttempts: 0 } });
  sdk.requestManifest.mockRejectedValueOnce(locked);
  ask("111111");
  await screen.findByText(/The link is locked now/, {}, PATIENCE);
  ask("246813");
  await screen.findByText("These records came without a signature", { exact: false }, PATIENCE);
  expect(sdk.requestManifest).toHaveBeenLastCalledWith(expect.anything(), { recipient: "Dr Roth", passcode: "246813" });
});

it("asks other hosts when somebody says so, and not before", async () => {
  sdk.requestManifest.mockResolvedValue({
    files: [{ location: "https://files.example/1" }],
    otherHosts: ["files.example"],
  });
  sdk.openManifest.mockResolvedValue([file({ resourceType: "Basic", code: { text: "Walks with a stick" } })]);
  show(linkOf());
  ask();
  await screen.findByText(/files\.example/, {}, PATIENCE);
  expect(sdk.openManifest).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Ask them too" }));
  await screen.findByText("These records came without a signature", { exact: false }, PATIENCE);
});

it("asks again for a link that may change, as the same reader, and only when it is told to", async () => {
  const said = (text: string) => [file({ resourceType: "Basic", code: { text } })];
  sdk.requestManifest.mockResolvedValue({ ...manifest, mayChange: true });
  sdk.openManifest.mockResolvedValueOnce(said("Walks with a stick")).mockResolvedValueOnce(said("Walks without one"));
  show(linkOf({ flag: "LP" }));
  ask("246813");
  await screen.findByText("Walks with a stick", { selector: "summary *" }, PATIENCE);
  expect(sdk.requestManifest).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
  await screen.findByText("Walks without one", { selector: "summary *" }, PATIENCE);
  expect(screen.queryByText("Walks with a stick")).toBeNull();
  expect(sdk.requestManifest).toHaveBeenLastCalledWith(expect.anything(), { recipient: "Dr Roth", passcode: "246813" });
  sdk.requestManifest.mockRejectedValueOnce(new ChartkeyError("HEALTH_LINK_OVER", "no"));
  fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
  await screen.findByRole("alert", {}, PATIENCE);
  expect(screen.getAllByText("Walks without one").length).toBeGreaterThan(0);
});

it("does not offer to ask again for a link that stays as it is", async () => {
  sdk.requestManifest.mockResolvedValue({ ...manifest, mayChange: false });
  sdk.openManifest.mockResolvedValue([file({ resourceType: "Basic", code: { text: "Walks with a stick" } })]);
  show(linkOf());
  ask();
  await screen.findByText("Walks with a stick", { selector: "summary *" }, PATIENCE);
  expect(screen.queryByRole("button", { name: "Ask again" })).toBeNull();
});

it("O13 shows what hostile files say as text, and counts what is no FHIR", async () => {
  const markup = '<img src="x" onerror="document.title=1">';
  const condition = { resourceType: "Condition", code: { text: markup }, subject: { display: "me" } };
  sdk.requestManifest.mockResolvedValue(manifest);
  sdk.openManifest.mockResolvedValue([
    file({
      resourceType: "Bundle",
      type: "collection",
      entry: [{ resource: condition }, { resource: { resourceType: "Condition" } }, null],
    }),
    { contentType: FHIR, data: utf8("{") },
    file("x", "text/html"),
    file({ verifiableCredential: [] }, "application/smart-health-card"),
  ]);
  show(linkOf());
  ask();
  await screen.findAllByText(markup, {}, PATIENCE);
  expect(document.querySelector("img")).toBeNull();
  expect(screen.getByText(/2 records are no valid FHIR/)).toBeDefined();
  for (const said of [/no FHIR\. It is not shown/, /of another kind/, /holds none that can be read/])
    expect(screen.getByText(said)).toBeDefined();
});

it("says how many records are in the file alone", async () => {
  const entry = Array.from({ length: 2_003 }, () => ({ resource: null }));
  sdk.requestManifest.mockResolvedValue(manifest);
  sdk.openManifest.mockResolvedValue([file({ resourceType: "Bundle", type: "collection", entry })]);
  show(linkOf());
  ask();
  await screen.findByText(/3 more records are not shown/, {}, PATIENCE);
  expect(screen.getByText(/whether all came, nobody can tell/)).toBeDefined();
});

it("refuses what is no link, before anything is asked", () => {
  show("https://links.example/");
  expect(screen.getByText("This is not a whole health link")).toBeDefined();
});
