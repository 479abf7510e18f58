import type * as Sdk from "@chartkey/sdk";
import type { Invitation } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { zeroAddress } from "viem";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { useConnectDialog } from "../../lib/dialogs/connect.ts";
import type { Role, Standing } from "../../lib/roles/roles.ts";
import { InvitationDetails } from "./InvitationDetails.tsx";

const address = "0x0000000000000000000000000000000000000001" as const;
const state = vi.hoisted(() => ({
  fault: null as string | null,
  connected: true,
  standings: [] as Standing[],
  hasVault: false,
}));

vi.mock("wagmi", () => ({
  useChains: () => [{ id: 1 }],
  useConnection: () => (state.connected ? { isConnected: true, address, chainId: 1 } : { isConnected: false }),
}));
vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  findVoucherFault: () => Promise.resolve(state.fault),
  hasVault: () => Promise.resolve(state.hasVault),
}));
vi.mock("../../lib/session/session.ts", () => ({
  useReadSession: () => ({ chain: { id: 1 } }),
  useSession: () => ({ chain: { id: 1 }, wallet: { account: { address } } }),
}));
vi.mock("../../lib/roles/useRoles.ts", () => ({ useStandings: () => ({ data: state.standings }) }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospital: () => ({ data: { id: 1, address, accreditation: "accredited", listing: { name: "Ridgeway" } } }),
  useRefreshHospitals: () => async () => {},
}));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  Object.assign(state, { standings: [], hasVault: false });
});

const voucher = { role: 1, speciality: 0, expiry: 4_000_000_000, epoch: 0, account: zeroAddress, claimKey: address };
const invitation = {
  chainId: 1,
  hospital: 1,
  hospitalAddress: address,
  admin: address,
  voucher,
  signature: "0x",
  hospitalName: "Ridgeway",
} as const satisfies Invitation;

const standing = (role: Role, hospital: number, status: Standing["status"] = "active"): Standing => ({
  role,
  hospital: { id: hospital, accreditation: "accredited" },
  status,
  since: 0,
});

/** What the dialog that connects a wallet would show. */
function Dialog() {
  return <output aria-label="dialog">{useConnectDialog()}</output>;
}

function open(fault: string | null, connected = true, role = 1) {
  Object.assign(state, { fault, connected });
  const onForget = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <InvitationDetails invitation={{ ...invitation, voucher: { ...voucher, role } }} onForget={onForget} />
        <Dialog />
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

it("asks an account that has a role already whether the invitation is for it, and still shows the form", async () => {
  state.standings = [standing("hospital", 1), standing("doctor", 2)];
  open(null);
  await screen.findByLabelText("Your name");
  const question = screen.getByText("Is this invitation for you?").parentElement!;
  expect(question.textContent).toContain(
    "You are connected as Doctor and Hospital administrator, account 0x0000…0001.",
  );
  fireEvent.click(screen.getByRole("button", { name: "Use another account" }));
  expect(screen.getByLabelText("dialog").textContent).toBe("wallets");
});

it("asks nothing of an account that is new", async () => {
  open(null);
  await screen.findByLabelText("Your name");
  expect(screen.queryByText("Is this invitation for you?")).toBeNull();
});

it.each([
  ["patient", 1, "active", false, "Make your key"],
  ["patient", 1, "active", true, "Go to your overview"],
  ["doctor", 2, "requested", false, "Make your key"],
  ["doctor", 2, "requested", true, "Go to your day list"],
  ["pharmacist", 3, "requested", false, "Go to dispensing"],
] as const)("leads a %s (%i, %s, has a key: %s) to the own pages, to make a key only without one", async (...row) => {
  const [role, code, status, hasVault, label] = row;
  Object.assign(state, { standings: [standing(role, 1, status)], hasVault });
  open(null, true, code);
  expect((await screen.findByRole("link", { name: label })).getAttribute("href")).toBe(`/${role}`);
  const said = screen.getByText(status === "active" ? /You belong to/ : /has to confirm/).parentElement!.textContent;
  expect(/make your key/.test(said)).toBe(label === "Make your key");
});
