import type { Visit } from "@chartkey/sdk";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { VisitStays } from "./VisitStays.tsx";

const [doctor, other] = ["0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "0x90F79bf6EB2c4f870365E785982E1f101E93b906"];
const state = vi.hoisted(() => ({ visits: [] as object[] }));
vi.mock("../../lib/patient/useVisits.ts", async (original) => ({
  ...(await original<object>()),
  usePatientVisits: () => ({ data: state.visits }),
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const now = Math.floor(Date.now() / 1000);
const visit = (changed: Partial<Visit>) => ({ doctor, state: "confirmed", start: now + 86_400, ...changed });

function show(...visits: object[]) {
  state.visits = visits;
  render(
    <MemoryRouter>
      <VisitStays doctor={doctor as Visit["doctor"]} />
    </MemoryRouter>,
  );
}

it("says which visit stays booked with the doctor, and leads to it", () => {
  show(visit({}));
  expect(screen.getByText(/^Your visit with this doctor on .* stays booked/)).toBeTruthy();
  expect(screen.getByRole("link").getAttribute("href")).toBe("/patient/visits");
  cleanup();
  show(visit({}), visit({ state: "requested", start: now + 90_000 }));
  expect(screen.getByText(/^2 visits with this doctor stay booked, the next one on/)).toBeTruthy();
});

it("says nothing of others' visits, and of those that are over or called off", () => {
  show(visit({ doctor: other as Visit["doctor"] }), visit({ state: "cancelled" }), visit({ start: now - 86_400 }));
  expect(screen.queryByRole("link")).toBeNull();
});
