import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Role } from "../../lib/roles/roles.ts";
import { RequireRole } from "./RequireRole.tsx";

const state = vi.hoisted(() => ({ roles: [] as Role[], error: null as Error | null }));
vi.mock("../../lib/roles/useRoles.ts", () => ({
  useRoles: () => ({ roles: state.roles, isPending: false, error: state.error }),
  useStandings: () => ({ refetch: () => {} }),
}));
vi.mock("./RequireWallet.tsx", () => ({ RequireWallet: ({ children }: { children: unknown }) => children }));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  state.error = null;
  cleanup();
});

function open(...roles: Role[]) {
  state.roles = roles;
  render(
    <MemoryRouter>
      <RequireRole role="patient">
        <p>patient’s page</p>
      </RequireRole>
    </MemoryRouter>,
  );
}

it("leads an account with another role to that role’s pages", () => {
  open("doctor");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("Doctor");
  expect(screen.getByRole("link").getAttribute("href")).toBe("/doctor");
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
