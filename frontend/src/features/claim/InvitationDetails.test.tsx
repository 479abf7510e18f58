import type * as Sdk from "@chartkey/sdk";
import type { Invitation } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { zeroAddress } from "viem";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { InvitationDetails } from "./InvitationDetails.tsx";

const address = "0x0000000000000000000000000000000000000001";
const state = vi.hoisted(() => ({ fault: null as string | null, connected: true }));

vi.mock("wagmi", () => ({
  useChains: () => [{ id: 1 }],
  useConnection: () => (state.connected ? { isConnected: true, address, chainId: 1 } : { isConnected: false }),
}));
vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  findVoucherFault: () => Promise.resolve(state.fault),
}));
vi.mock("../../lib/session/session.ts", () => ({
  useReadSession: () => ({ chain: { id: 1 } }),
  useSession: () => null,
}));
vi.mock("../../lib/roles/useRoles.ts", () => ({ useStandings: () => ({ data: [] }) }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospital: () => ({ data: { id: 1, address, accreditation: "accredited", listing: { name: "Ridgeway" } } }),
  useRefreshHospitals: () => async () => {},
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const voucher = { role: 1, speciality: 0, expiry: 4_000_000_000, epoch: 0, account: zeroAddress, claimKey: address };
const invitation = {
  chainId: 1,
  hospital: 1,
  hospitalAddress: address,
  admin: address,
  voucher,
} as unknown as Invitation;

function open(fault: string | null, connected = true) {
  Object.assign(state, { fault, connected });
  const onForget = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <InvitationDetails invitation={invitation} onForget={onForget} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return onForget;
}

const reloadAsks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

it("asks for no personal data when the invitation was used already, connected or not", async () => {
  for (const connected of [true, false]) {
    const onForget = open("Hospital_VoucherUsed", connected);
    await screen.findByText("The invitation was used already");
    expect(screen.queryByLabelText("Your name")).toBeNull();
    expect(reloadAsks()).toBe(false);
    fireEvent.click(screen.getByRole("button", { name: "Use another invitation" }));
    expect(onForget).toHaveBeenCalledOnce();
    cleanup();
  }
});

it("shows the form of one that can be used, and has the browser ask before a reload drops it", async () => {
  open(null);
  await screen.findByLabelText("Your name");
  await expect.poll(reloadAsks).toBe(true);
});
