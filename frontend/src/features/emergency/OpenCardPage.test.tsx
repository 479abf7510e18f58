import { ChartkeyError } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { buildEmergencySet } from "@chartkey/sdk/records";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { BrowserRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import OpenCardPage from "./OpenCardPage.tsx";

const state = vi.hoisted(() => ({ open: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), openCard: state.open }));
vi.mock("../../lib/session/session.ts", () => ({ useReadSession: () => session, useUnlockedSession: () => null }));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  fireEvent.click(screen.queryByRole("button", { name: /Close|Try another|Back/ }) ?? document.body);
  cleanup();
  state.open.mockReset();
});

const allergy = {
  resourceType: "AllergyIntolerance",
  code: { text: "Penicillin" },
  patient: { display: "x" },
} as const;
const opened = (unknown: object[] = []) => {
  const items = [{ url: "urn:chartkey:0x1:0:0", kind: "allergy" as const, resource: allergy }];
  const details = { bloodGroup: "0 negative", contact: { phone: "+91 98 76" } };
  const bundle = buildEmergencySet({ details, items, date: "2026-11-24T08:00:00Z" });
  const entry = [...(bundle.entry ?? []), ...unknown];
  return { patient: "0x1", bundle: { ...bundle, entry }, asOf: { sequence: 3, block: 9 }, newer: 2 };
};

function open(path: string) {
  window.history.pushState(null, "", path);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <OpenCardPage />
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

it("O07 takes the card out of the address before it asks anybody, and shows what it opens with its date and gaps", async () => {
  state.open.mockImplementation(() => {
    expect(window.location.href).not.toContain("#");
    return Promise.resolve(opened([{ fullUrl: "urn:x", resource: { resourceType: "Nonsense" } }]));
  });
  open("/card#chartkey-card:1:AAAA");
  await screen.findByText("Penicillin");
  expect(state.open).toHaveBeenCalledWith(session, expect.anything(), "chartkey-card:1:AAAA");
  const words = [
    "0 negative",
    /up to entry 3, at block 9/,
    /2 entries were added to the chart since/,
    /1 entry of this set cannot be shown/,
    /it does not mean that there is none/,
  ];
  for (const text of words) expect(screen.getByText(text)).toBeTruthy();
  expect(screen.getByRole("link", { name: "+91 98 76" }).getAttribute("href")).toBe("tel:+919876");
  expect(document.documentElement.outerHTML).not.toContain("AAAA");
});

it("O29 says that a renewed card is worthless, and tells another code apart without asking anybody", async () => {
  state.open.mockRejectedValue(new ChartkeyError("CARD_REPLACED", "replaced"));
  open("/card#chartkey-card:1:AAAA");
  await screen.findByText(/This card opens nothing any more/);
  fireEvent.click(screen.getByRole("button", { name: "Try another" }));
  state.open.mockClear();
  fireEvent.change(screen.getByLabelText("Text or link of the card"), { target: { value: "chartkey-rx:1:secret" } });
  fireEvent.click(screen.getByRole("button", { name: "Open" }));
  await screen.findByText(/This is not an emergency card/);
  expect(state.open).not.toHaveBeenCalled();
});

it("offers another try when a store is silent", async () => {
  state.open.mockRejectedValueOnce(new ChartkeyError("STORE_UNREACHABLE", "silent")).mockResolvedValue(opened());
  open("/card#chartkey-card:1:AAAA");
  fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText("Penicillin");
});
