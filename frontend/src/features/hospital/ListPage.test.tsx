import { ChartkeyError } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import ListPage from "./ListPage.tsx";

const state = vi.hoisted(() => ({ query: {} as { data?: unknown; error: unknown } }));
const drop = vi.hoisted(() => ({ phase: null, running: false, error: null, reset: vi.fn(), run: vi.fn() }));
vi.mock("./useInvitationList.ts", () => ({
  useInvitationList: () => ({ query: state.query, begin: drop, sign: drop, drop }),
}));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => null }));
vi.mock("./OwnHospital.tsx", () => ({
  OwnHospital: ({ children }: { children: (hospital: unknown) => ReactNode }) => children({ id: 1 }),
}));

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
beforeEach(() => void drop.run.mockReset());
afterEach(cleanup);

function show(query: typeof state.query) {
  state.query = query;
  render(
    <MemoryRouter>
      <ListPage />
    </MemoryRouter>,
  );
}
const forget = () => screen.queryAllByRole("button", { name: "Forget this list" });

it("takes no other list while one is kept that does not open, and forgets that one only when it is confirmed", () => {
  show({ error: new ChartkeyError("LIST_NOT_OPENED", "kept") });
  expect(screen.getByRole("alert").textContent).toContain("may hold invitations that were signed");
  expect(screen.queryByLabelText("Or paste the list")).toBeNull();
  fireEvent.click(forget()[0]!);
  expect(drop.run).not.toHaveBeenCalled();
  expect(screen.getByText(/links that were signed and never handed out: they are lost/)).toBeTruthy();
  fireEvent.click(forget().at(-1)!);
  expect(drop.run).toHaveBeenCalledOnce();
});

it("offers to forget nothing where the browser does not say what it keeps", () => {
  show({ error: new ChartkeyError("LIST_UNAVAILABLE", "no room") });
  expect([screen.queryByLabelText("Or paste the list"), ...forget()]).toEqual([null]);
});

it("takes a list where there is none", () => {
  show({ data: null, error: null });
  expect(screen.getByLabelText("Or paste the list")).toBeTruthy();
  expect(forget()).toEqual([]);
});
