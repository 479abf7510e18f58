import { encodeInvitation } from "@chartkey/sdk";
import { parseCsv } from "@chartkey/sdk/records";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { zeroAddress } from "viem";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { ListLine } from "./lib/keptList.ts";
import { ListWork } from "./ListWork.tsx";

const saved = vi.hoisted(() => vi.fn<(name: string, make: () => Promise<string>) => Promise<boolean>>());
vi.mock("../../lib/download.ts", () => ({ saveText: saved }));

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
beforeEach(() => void saved.mockReset().mockResolvedValue(true));
afterEach(cleanup);

const voucher = {
  role: 1,
  speciality: 0,
  expiry: 1_800_000_000,
  epoch: 1,
  account: zeroAddress,
  claimKey: zeroAddress,
};
const invitation = encodeInvitation({
  ...{ chainId: 1, hospital: 1, hospitalAddress: zeroAddress, hospitalName: "Ridgeway", admin: zeroAddress, voucher },
  ...{ signature: "0x01", claimSecret: `0x${"11".repeat(32)}` },
});
const ananya: ListLine = { name: "=Ananya", role: "patient", speciality: 0 };
const mei: ListLine = { name: "Dr Mei", role: "doctor", speciality: 6 };
const runnable = () => ({ phase: null, running: false, error: null, run: vi.fn(async () => {}), reset: vi.fn() });

function show(list: ListLine[]) {
  const [sign, drop] = [runnable(), runnable()];
  const hospital = { id: 1, listing: { name: "Ridgeway" } } as unknown as ListedHospital;
  render(
    <MemoryRouter>
      <ListWork hospital={hospital} list={list} sign={sign} drop={drop} />
    </MemoryRouter>,
  );
  return { sign, drop };
}

it("signs for those who are left, and says how often the wallet asks", () => {
  const { sign } = show([ananya, mei]);
  expect(screen.getByText(/the wallet asks 2 times/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Save the links/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Sign 2 invitations" }));
  expect(sign.run).toHaveBeenCalledOnce();
});

it("hands out what is signed, as links in a file that no spreadsheet takes for formulas", async () => {
  show([{ ...ananya, invitation }, mei]);
  expect(screen.getByRole("status").textContent).toBe("1 of 2 invitations are signed.");
  fireEvent.click(screen.getByRole("button", { name: "Save the links (CSV)" }));
  await waitFor(() => expect(saved).toHaveBeenCalledOnce());
  const [header, row, ...others] = parseCsv(await saved.mock.calls[0]![1]());
  expect(header!.cells).toEqual(["name", "role", "account", "ends", "link"]);
  expect(row!.cells).toEqual([
    "'=Ananya",
    "patient",
    "",
    "2027-01-15T08:00:00.000Z",
    `${window.location.origin}/claim#${invitation}`,
  ]);
  expect(others).toEqual([]);
});

it("forgets the list only when that is confirmed", () => {
  const { drop } = show([{ ...ananya, invitation }]);
  expect(screen.queryByRole("button", { name: /^Sign/ })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Forget this list" }));
  expect(drop.run).not.toHaveBeenCalled();
  fireEvent.click(screen.getAllByRole("button", { name: "Forget this list" }).at(-1)!);
  expect(drop.run).toHaveBeenCalledOnce();
});
