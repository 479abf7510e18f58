import type { ReceivedGrant } from "@chartkey/sdk";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem, Integrity } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ChartActions } from "./ChartActions.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function show(...states: Integrity[]) {
  const grant = { patient: "0x01", read: 1 << 7, write: 0 } as unknown as ReceivedGrant;
  const items = states.map((integrity) => ({ integrity }) as ChartItem);
  render(
    <MemoryRouter>
      <ChartActions grant={grant} items={items} />
    </MemoryRouter>,
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
