import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { deriveAccount } from "../../lib/devwallet/accounts.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { DevelopmentAccounts } from "./DevelopmentAccounts.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const staff = vi.hoisted(() => ({ listed: [] as { account: string; name: string }[] }));
vi.mock("../../lib/hospitals/useHospitals.ts", async (original) => ({
  ...(await original<object>()),
  useHospitals: () => ({ data: [{ id: 1, listing: { name: "Ridgeway", staff: staff.listed } }] }),
}));

/** The accounts as they are listed, once they are derived. */
async function rows(): Promise<(string | null)[]> {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DevelopmentAccounts disabled={false} onChoose={() => {}} />
    </QueryClientProvider>,
  );
  await screen.findAllByRole("button", { name: /^Copy/ });
  await expect.poll(() => screen.getAllByRole("button", { name: /^Copy/ }).length).toBe(10);
  return screen.getAllByRole("listitem").map(({ textContent }) => textContent);
}

it("says of each account what it is for, and whom it plays in the examples", async () => {
  staff.listed = [{ account: (await deriveAccount(5)).address.toLowerCase(), name: "Dr Tomasz Wiśniewski" }];
  const said = await rows();
  expect(said[0]).toMatch(/^Registrar0x/);
  expect(said[3]).toContain("In the examples: Ananya Sharma, Patient");
  expect(said[6]).toMatch(/^Spare account 6In the examples: فاطمة الزهراء, Patient/);
});

it.each([
  ["nobody is listed", []],
  ["somebody else is", [{ index: 2, name: "Dr Mei Lin" }]],
  ["one of them is listed at another account", [{ index: 7, name: "Dr Amara Okafor" }]],
])("names nobody of the examples where they were not loaded: %s", async (_, listed) => {
  staff.listed = await Promise.all(
    listed.map(async ({ index, name }) => ({ account: (await deriveAccount(index)).address, name })),
  );
  expect((await rows()).join()).not.toContain("In the examples");
});
