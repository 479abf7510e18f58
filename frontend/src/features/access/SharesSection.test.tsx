import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, type Share } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Grant } from "../../lib/patient/grants.ts";
import { SealAgainDialog } from "./SealAgainDialog.tsx";
import { SharesSection } from "./SharesSection.tsx";

const sdk = vi.hoisted(() => ({ readShares: vi.fn(), withdrawShare: vi.fn(), revokeStrongly: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0x1" } } }));
vi.mock("wagmi", () => ({ useConnection: () => ({ address: undefined }) }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session, useReadSession: () => null }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => undefined }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: () => "Dr Okafor",
  hospitalName: () => "Ridgeway",
}));

const doctor = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const digest = `0x${"ab".repeat(32)}` as const;
const share = (number: number, more: Partial<Share>): Share => ({
  ...{ notice: `0x${String(number).repeat(64)}`, record: { recordId: digest, index: 0 }, category: 7 },
  ...{ cover: { codec: 0, digest }, code: `chartkey-share:1:${number}`, to: doctor, until: 4_000_000_000 },
  ...{ withdrawn: false, ...more },
});

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

const show = (element: React.ReactElement) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>{element}</MemoryRouter>
    </QueryClientProvider>,
  );

it("offers the withdrawal of what still counts, and lists what ended apart", async () => {
  sdk.readShares.mockResolvedValue([share(3, {}), share(2, { withdrawn: true }), share(1, { until: 1 })]);
  const files = [{ kind: "cover", digest, store: "https://a", outcome: "removed" }];
  sdk.withdrawShare.mockResolvedValue({ files, elsewhere: { shares: [], emergencySet: false } });
  show(<SharesSection />);
  const open = within(await screen.findByRole("list", { name: "Single entries that you share" }));
  expect(open.getAllByRole("listitem")).toHaveLength(1);
  expect(open.getByDisplayValue("chartkey-share:1:3")).toBeTruthy();
  const past = screen.getByText("Ended or withdrawn").closest("details")!;
  expect(within(past).getByText("Withdrawn")).toBeTruthy();
  expect(within(past).getByText("Ended")).toBeTruthy();
  expect(within(past).queryByRole("button")).toBeNull();
  expect(within(past).queryByRole("textbox")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Withdraw Results from Dr Okafor" }));
  expect(screen.getByText(/^I withdraw/).textContent).toBe("I withdraw Results from Dr Okafor.");
  fireEvent.click(screen.getByRole("button", { name: "Sign and withdraw" }));
  expect(await screen.findByText("Second seal of it (1): removed")).toBeTruthy();
  expect(sdk.withdrawShare).toHaveBeenCalledWith(session, share(3, {}).notice, expect.any(Function));
});

const grant: Grant = {
  ...{ grantee: doctor, hospital: 1, read: 2, write: 0, expiry: 4_000_000_000 },
  ...{ since: 1, activeSince: 1, withKeys: true },
};

it("revokes and seals again, and says how much was sealed, what was left, and which store failed", async () => {
  const record = { recordId: digest, index: 0 };
  const removed = { kind: "payload", digest, store: "https://a", outcome: "removed", record };
  const failed = { ...removed, store: "https://b", outcome: "failed", problem: new ChartkeyError("X", "") };
  sdk.revokeStrongly.mockResolvedValue({ notice: digest, files: [removed, failed], left: [record] });
  show(<SealAgainDialog grant={grant} onClose={() => {}} />);
  expect(screen.getByText(/What was read or copied stays with the doctor/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Sign, revoke and seal again" }));
  expect((await screen.findByRole("alert")).textContent).toContain("the new keys are in force");
  expect(
    screen.getByText("Entries sealed again: 1. Left as they are, because they could not be opened: 1."),
  ).toBeTruthy();
});

it("goes on sealing after the first signature, and shows no button to sign again meanwhile", async () => {
  let finish = (_: object) => {};
  sdk.revokeStrongly.mockImplementation((_session, _grantee, onPhase: (phase: string) => void) => {
    for (const phase of ["checking", "confirming", "mining", "done"]) onPhase(phase);
    return new Promise((resolve) => (finish = resolve));
  });
  show(<SealAgainDialog grant={grant} onClose={() => {}} />);
  fireEvent.click(screen.getByRole("button", { name: "Sign, revoke and seal again" }));
  expect(await screen.findByText("Step 2 of 5: Encrypting")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Sign, revoke and seal again" })).toBeNull();
  finish({ notice: undefined, files: [], left: [] });
  expect(await screen.findByText("No file had to be removed.")).toBeTruthy();
});
