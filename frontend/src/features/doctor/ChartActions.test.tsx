import type { ReceivedGrant } from "@chartkey/sdk";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem, Integrity } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ChartActions } from "./ChartActions.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function offer(write: number, items: ChartItem[] = []) {
  const grant = { patient: "0x01", read: 1 << 7, write } as unknown as ReceivedGrant;
  render(
    <MemoryRouter>
      <ChartActions grant={grant} items={items} />
    </MemoryRouter>,
  );
}

function show(...states: Integrity[]) {
  offer(
    0,
    states.map((integrity) => ({ integrity }) as ChartItem),
  );
  return screen.queryByText(/you hold no key/);
}

it("tells of entries without a key only when there are some", () => {
  expect(show()).toBeNull();
  cleanup();
  expect(show("verified", "verified", "damaged")).toBeNull();
  cleanup();
  expect(show("verified", "noAccess", "noAccess")?.textContent).toContain("2 more entries");
});

it.each([
  [1 << 4, ["Prescribe", "Add a file"]],
  [(1 << 2) | (1 << 7), ["Write a note", "Written report", "Measured value", "Add a file"]],
  [1 << 6, ["Record a vaccination", "Add a file"]],
  [1 << 3, ["Record an allergy", "Add a file"]],
  [1 << 9, ["Refer", "Write to the patient", "Add a file"]],
  [1 << 1, ["Write a bill", "Add a file"]],
  [1 << 8, []],
])("offers what the categories of the grant allow: %i", (write, expected) => {
  offer(write);
  expect(screen.queryAllByRole("link").map(({ textContent }) => textContent)).toEqual(expected);
});
