import type { Visit } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { DoctorStep } from "./lib/steps.ts";
import { VisitDialog } from "./VisitDialog.tsx";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const now = Math.floor(Date.now() / 1000);
const visit = { patient, start: now + 86_400 } as unknown as Visit;
const state = vi.hoisted(() => ({
  grant: null as object | null,
  known: { name: "Ananya", reading: false } as { name?: string; reading: boolean },
}));
vi.mock("../../lib/session/session.ts", () => ({ useSession: () => null }));
vi.mock("./usePatient.ts", async (original) => ({
  ...(await original<object>()),
  usePatient: () => state.known,
  useGrantOf: () => state.grant,
}));

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(() => {
  cleanup();
  state.known = { name: "Ananya", reading: false };
});

function show(step: DoctorStep) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <VisitDialog visit={visit} step={step} onClose={() => {}} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

/** Where the dialog leads to say why; null when it leads nowhere. */
function whyLeads(step: DoctorStep, grant: object | null): string | null | undefined {
  state.grant = grant;
  show(step);
  const leads = screen.queryByRole("link", { name: "Write to the patient why" })?.getAttribute("href");
  cleanup();
  return leads;
}

const letters = { active: true, expiry: now + 3600, write: 1 << 9 };

it("leads from calling a visit off to where the patient is told why, for who may write letters now", () => {
  for (const step of ["cancel", "decline"] as const)
    expect(whyLeads(step, letters)).toBe(`/doctor/patients/${patient}/write/message`);
  expect(whyLeads("confirm", letters)).toBeUndefined();
  expect(whyLeads("cancel", null)).toBeUndefined();
  expect(whyLeads("cancel", { ...letters, write: 1 << 7 })).toBeUndefined();
  expect(whyLeads("cancel", { ...letters, expiry: now - 1 })).toBeUndefined();
});

it("says that nobody knows who it is, with the whole address to be compared, and not where a name is known", () => {
  show("confirm");
  expect(screen.queryByText("It is not known who this is.")).toBeNull();
  expect(screen.getByRole("blockquote").textContent).toMatch(/the visit of Ananya on/);
  cleanup();
  state.known = { reading: false };
  show("confirm");
  expect(screen.getByText("It is not known who this is.")).toBeTruthy();
  expect(screen.getByText(patient)).toBeTruthy();
  expect(screen.getByRole("blockquote").textContent).toMatch(
    /the visit of somebody without a known name \(0x90F7…b906\)/,
  );
});

it("lets nobody sign while the name is being looked for", () => {
  state.known = { reading: true };
  show("confirm");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Confirm" }).disabled).toBe(true);
});
