import { ChartkeyError } from "@chartkey/sdk";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import DeliveriesPage from "./DeliveriesPage.tsx";

const answer = vi.hoisted(() => vi.fn());
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => undefined }));
vi.mock("../../lib/patient/useDeliveries.ts", () => ({ useDeliveries: answer, deliveriesSince: () => "2026-01-01" }));
vi.mock("./AccessLogSection.tsx", () => ({ AccessLogSection: () => null }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it.each([
  ["STORE_UNREACHABLE", /a\.example did not say what it handed out/],
  [
    "STORE_TOO_LARGE",
    /a\.example handed out more than can be listed at once: what is missing here is the oldest. Choose a shorter period/,
  ],
])("says of a store that failed with %s what is missing and never that nothing was handed out", (code, sentence) => {
  const silent = [{ store: "https://a.example", cause: new ChartkeyError(code, "said by the store") }];
  answer.mockReturnValue({ data: { deliveries: [], silent, unchecked: [] }, error: null, refetch: vi.fn() });
  render(
    <MemoryRouter>
      <DeliveriesPage />
    </MemoryRouter>,
  );
  expect(screen.getByText(sentence)).toBeDefined();
  expect(screen.queryByText(/nobody else fetched/i)).toBeNull();
});
