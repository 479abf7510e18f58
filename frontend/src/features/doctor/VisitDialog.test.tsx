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
const state = vi.hoisted(() => ({ grant: null as object | null }));
vi.mock("../../lib/session/session.ts", () => ({ useSession: () => null }));
vi.mock("./usePatient.ts", async (original) => ({
  ...(await original<object>()),
  usePatient: () => ({ name: "Ananya", reading: false }),
  useGrantOf: () => state.grant,
}));

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

/** Where the dialog leads to say why; null when it leads nowhere. */
function whyLeads(step: DoctorStep, grant: object | null): string | null | undefined {
  state.grant = grant;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <VisitDialog visit={visit} step={step} onClose={() => {}} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
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
