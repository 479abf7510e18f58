import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type * as Sdk from "@chartkey/sdk";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { FirstSteps } from "./FirstSteps.tsx";

const state = vi.hoisted(() => ({ hospitals: [] as object[], members: [] as object[] }));
vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  readHospitals: () => Promise.resolve(state.hospitals),
  readMembers: () => Promise.resolve(state.members),
}));
vi.mock("../../lib/session/session.ts", () => ({ useReadSession: () => ({ chain: { id: 1 } }) }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const [pending, accredited] = [
  { id: 1, accreditation: "pending" },
  { id: 1, accreditation: "accredited" },
];
const member = (role: string, status: string) => ({ role, status });

/** Shows them as the chain stands. */
async function show(hospitals: object[], members: object[] = []) {
  Object.assign(state, { hospitals, members });
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <FirstSteps />
    </QueryClientProvider>,
  );
  expect(screen.queryByRole("list")).toBeNull();
  await waitFor(() => expect(client.isFetching()).toBe(0));
}

const steps = () => screen.getAllByRole("listitem");
const isDone = (item: HTMLElement) => /done$/.test(item.textContent);

it("says what comes first, and by whom, while there is no hospital", async () => {
  await show([]);
  expect(screen.getByRole("list", { name: /^No hospital is here yet/ })).toBeTruthy();
  expect(steps().map(({ textContent }) => textContent)).toEqual([
    "The hospital administrator creates a hospital.",
    "The registrar accredits it.",
    "The hospital administrator invites the doctor; the doctor uses the invitation.",
    "The hospital administrator confirms the doctor.",
    "The hospital administrator invites the patient; the patient uses the invitation.",
  ]);
});

it.each([
  [1, "The registrar accredits it.", [pending], []],
  [2, /invites the doctor/, [accredited], []],
  [3, /confirms the doctor/, [accredited], [member("doctor", "requested")]],
  [4, /invites the patient/, [accredited], [member("doctor", "active"), member("patient", "requested")]],
])("ticks off %i steps that are done, and names the next one", async (count, next, hospitals, members) => {
  await show(hospitals, members);
  expect(screen.getByRole("list", { name: /^What is done, and what comes next/ })).toBeTruthy();
  expect(steps().filter(isDone)).toHaveLength(count);
  expect(steps().find((item) => item.getAttribute("aria-current") === "step")?.textContent).toMatch(next);
});

it("says nothing once the path is done", async () => {
  await show([accredited], [member("doctor", "active"), member("patient", "active")]);
  expect(screen.queryByRole("list")).toBeNull();
});
