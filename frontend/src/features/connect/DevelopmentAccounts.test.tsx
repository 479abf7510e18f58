import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { DevelopmentAccounts } from "./DevelopmentAccounts.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("says of each account what it is for, and whom it plays in the examples", () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DevelopmentAccounts disabled={false} onChoose={() => {}} />
    </QueryClientProvider>,
  );
  const rows = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(rows[0]).toMatch(/^RegistrarUse/);
  expect(rows[3]).toContain("In the examples: Ananya Sharma, Patient");
  expect(rows[6]).toMatch(/^Spare account 6In the examples: فاطمة الزهراء, Patient/);
});
