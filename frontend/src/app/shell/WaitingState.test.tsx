import type { KeptDraft } from "@chartkey/sdk";
import { cleanup, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import WaitingState from "./WaitingState.tsx";

const kept = vi.hoisted(() => ({ states: [] as string[] }));
vi.mock("../../lib/session/outbox.ts", () => ({
  useWaiting: () => ({ data: kept.states.map((state) => ({ state }) as KeptDraft) }),
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function show(path: string, ...states: KeptDraft["state"][]) {
  kept.states = states;
  render(
    <MemoryRouter initialEntries={[path]}>
      <WaitingState />
    </MemoryRouter>,
  );
}

it("counts the entries that are in no chart, and leads to them", () => {
  show("/patient", "unsent", "sent", "anchored");
  const notice = screen.getByRole("status");
  expect(notice.textContent).toContain("2 entries wait.");
  expect(within(notice).getByRole("link").getAttribute("href")).toBe("/waiting");
});

it.each([
  ["nothing waits", "/patient", []],
  ["all is in the chart", "/patient", ["anchored"]],
  ["they are what the page is about", "/waiting", ["unsent"]],
] as const)("says nothing when %s", (_, path, states) => {
  show(path, ...states);
  expect(screen.queryByRole("status")).toBeNull();
});
