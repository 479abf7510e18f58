import { ChartkeyError } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import type { Emergency } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { HandOver } from "./HandOver.tsx";

const OWN = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";
const sdk = vi.hoisted(() => ({ findSetAt: vi.fn(), handOver: vi.fn() }));
const state = vi.hoisted(() => ({ keepers: [] as { to: string }[] }));
const session = vi.hoisted(() => ({
  chain: { id: 1 },
  wallet: { account: { address: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955" } },
}));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospital: () => ({ data: { listing: { emergency: { key: "k", keepers: state.keepers } } } }),
}));

const now = Math.floor(Date.now() / 1000);
const emergency: Emergency = {
  ...{ hospital: 1, number: 3, categories: 1 << 3, openedAt: now - 60, end: now + 3600, outcome: "none" },
  patient: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  doctor: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  justification: `0x${"11".repeat(32)}`,
  review: undefined,
  transactionHash: `0x${"22".repeat(32)}`,
};

beforeAll(() => startTestI18n("en"));
beforeEach(() => {
  state.keepers = [{ to: OWN.toLowerCase() }];
  sdk.findSetAt.mockReset().mockResolvedValue({});
  sdk.handOver.mockReset();
});
afterEach(cleanup);

function show(shown: Emergency = emergency) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <HandOver emergency={shown} />
    </QueryClientProvider>,
  );
}
const button = () => screen.findByRole("button", { name: "Hand the emergency set to this doctor" });

it("O30 hands over with one click, and says why not", async () => {
  sdk.handOver.mockRejectedValueOnce(new ChartkeyError("EMERGENCY_NOT_OPEN", "ended")).mockResolvedValue(undefined);
  show();
  fireEvent.click(await button());
  await screen.findByText("This emergency access is not open now");
  expect(screen.queryByText(/Handed over/)).toBeNull();
  fireEvent.click(await button());
  await screen.findByText(/Handed over/);
  expect(sdk.handOver).toHaveBeenLastCalledWith(session, { hospital: 1, number: 3 }, expect.any(Function));
});

it("O28 says that nothing was prepared", async () => {
  sdk.findSetAt.mockResolvedValue(undefined);
  show();
  await screen.findByText(/has left no emergency set with the hospital/);
  expect(screen.queryByRole("button")).toBeNull();
});

it("offers nothing to whoever keeps no key, nor for an emergency that has ended", async () => {
  state.keepers = [];
  show();
  await screen.findByText(/You keep no emergency key/);
  expect(screen.queryByRole("button")).toBeNull();
  cleanup();
  state.keepers = [{ to: OWN }];
  show({ ...emergency, end: now - 1 });
  await waitFor(() => expect(document.body.textContent).toBe(""));
});
