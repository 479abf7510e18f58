import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { ConfigContext } from "../../lib/config/context.ts";
import { useConnectDialog } from "../../lib/dialogs/connect.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Role } from "../../lib/roles/roles.ts";
import { RequireRole } from "./RequireRole.tsx";

const account = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const state = vi.hoisted(() => ({ roles: [] as Role[], error: null as Error | null }));
vi.mock("../../lib/roles/useRoles.ts", () => ({
  useRoles: () => ({ roles: state.roles, isPending: false, error: state.error }),
  useStandings: () => ({ refetch: () => {} }),
}));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => account }));
vi.mock("./RequireWallet.tsx", () => ({ RequireWallet: ({ children }: { children: unknown }) => children }));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  state.error = null;
  cleanup();
});

/** What the dialog that connects a wallet would show. */
function Dialog() {
  return <output aria-label="dialog">{useConnectDialog()}</output>;
}

function open(...roles: Role[]) {
  show("patient", roles);
}

function show(role: Role, roles: readonly Role[], development = false) {
  state.roles = [...roles];
  const config = { chainId: 1, rpcUrl: "http://127.0.0.1", storeUrls: ["http://127.0.0.1"], development } as const;
  render(
    <ConfigContext value={config}>
      <MemoryRouter>
        <RequireRole role={role}>
          <p>{role}’s page</p>
        </RequireRole>
        <Dialog />
      </MemoryRouter>
    </ConfigContext>,
  );
}

it("leads an account with another role to that role’s pages", () => {
  open("doctor");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Doctor");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/doctor");
});

it("says which account it is, what it is elsewhere, and that the wallet may have changed it", () => {
  show("patient", ["doctor", "hospital"]);
  expect(screen.getByTitle(account).textContent).toContain("0x90F7…b906");
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["/doctor", "/hospital"]);
  expect(screen.getByText(/change back to it in your wallet/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Use another account" }));
  expect(screen.getByLabelText("dialog").textContent).toBe("wallets");
});

it("tells an account without any role how to get one, and lets one with the role in", () => {
  open();
  expect(screen.getByRole("link").getAttribute("href")).toBe("/claim");
  cleanup();
  open("doctor", "patient");
  expect(screen.getByText("patient’s page")).toBeTruthy();
});

it("keeps the page of an account whose roles cannot be read again, and says so to one whose roles are not known", () => {
  state.error = new Error("no answer");
  open("patient");
  expect(screen.getByText("patient’s page")).toBeTruthy();
  cleanup();
  open();
  expect(screen.getByRole("alert")).toBeTruthy();
});

it("offers an invitation beside a hospital of one’s own to an account that administers none", () => {
  show("hospital", []);
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(["/hospital/new", "/claim"]);
});

it("leads to the accounts of a practice system, and to none elsewhere", () => {
  open();
  expect(screen.queryByRole("button")).toBeNull();
  cleanup();
  show("patient", [], true);
  fireEvent.click(screen.getByRole("button", { name: "See the accounts for practice" }));
  expect(screen.getByLabelText("dialog").textContent).toBe("development");
});
