import type * as Wagmi from "wagmi";
import type { Mandate } from "@chartkey/sdk";
import { act, cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { actFor } from "../../lib/acting/acting.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { vaultOwner } from "../../lib/session/vault.ts";
import { DelegateArea } from "./DelegateArea.tsx";

const wallet = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
const account = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const state = vi.hoisted(() => ({ wallet: "", actions: [] as string[] }));

vi.mock("wagmi", async (original) => ({
  ...(await original<typeof Wagmi>()),
  useConnection: () => ({ address: state.wallet }),
  useChains: () => [{ id: 1 }],
  useConfig: () => ({}),
}));
vi.mock("../../lib/acting/names.ts", () => ({ useOwnName: () => ({ name: undefined, give: null }) }));
vi.mock("@tanstack/react-query", async (original) => ({
  ...(await original<object>()),
  useQuery: () => {
    const mandate = { patient: account, delegate: wallet, actions: state.actions, expiry: 4e9, inForce: true };
    const person = { as: "delegate", account, mandate: mandate as Mandate };
    return { data: { people: state.actions.length > 0 ? [person] : [], offered: false, reviews: false } };
  },
}));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  act(() => actFor(null));
});

function open(path: string, ...actions: string[]) {
  Object.assign(state, { wallet, actions });
  actFor({ wallet, account, as: "delegate" });
  render(
    <MemoryRouter initialEntries={[path]}>
      <Routes>
        <Route path="/patient" element={<DelegateArea unlock={<button>Unlock</button>} />}>
          <Route path="*" element={<p>the page itself</p>} />
        </Route>
      </Routes>
    </MemoryRouter>,
  );
}

it("shows first what the mandate lets the delegate do, and that he cannot read", () => {
  open("/patient", "book");
  expect(screen.getByText("You may book visits.")).toBeTruthy();
  expect(screen.getByText("You cannot read this chart.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Book a visit" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Give a doctor access" })).toBeNull();
});

it("opens the pages that the mandate covers, and no other", () => {
  open("/patient/visits/new", "book");
  expect(screen.getByText("the page itself")).toBeTruthy();
  cleanup();
  open("/patient/access/new", "book", "revoke");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Your mandate does not cover this");
  cleanup();
  open("/patient/access/", "revoke");
  expect(screen.getByText("the page itself")).toBeTruthy();
});

it("opens no page that takes the patient's key, whatever the mandate", () => {
  for (const path of ["/patient/chart", "/patient/profile", "/patient/people", "/patient/successor"]) {
    open(path, "grant", "revoke", "book");
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("This takes the patient’s key");
    cleanup();
  }
});

it("P24 opens nothing any more when the mandate has ended", () => {
  open("/patient/visits");
  expect(screen.queryByText("the page itself")).toBeNull();
});

it("O15 keeps the vault of an account that is acted for apart from the wallet's own", () => {
  expect(vaultOwner(1, wallet, account)).not.toBe(vaultOwner(1, wallet));
  expect(vaultOwner(1, wallet, account)).not.toBe(vaultOwner(1, account));
  expect(vaultOwner(1, wallet, wallet.toLowerCase())).toBe(vaultOwner(1, wallet));
});
