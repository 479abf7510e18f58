import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { AccreditationDialog } from "./AccreditationDialog.tsx";

vi.mock("../../lib/session/session.ts", () => ({ useSession: () => null }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({ useRefreshHospitals: () => vi.fn() }));

const address = "0x9286e3b4d0a3D6B26A1f0C9E1c4e7D2bFf11C88d";

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

it.each([
  ["pending", /^I accredit Elmford, hospital no. 2 with the contract 0x9286…C88d/i],
  ["accredited", /^I suspend Elmford, hospital no. 2 with the contract 0x9286…C88d/i],
  ["suspended", /^I accredit Elmford, hospital no. 2 with the contract 0x9286…C88d/i],
] as const)(
  "shows the whole address that is signed for, and names it in the sentence: %s",
  (accreditation, sentence) => {
    const hospital = { id: 2, address, accreditation, listing: { name: "Elmford", staff: [] } };
    render(
      <MemoryRouter>
        <AccreditationDialog hospital={hospital as unknown as ListedHospital} onClose={() => {}} />
      </MemoryRouter>,
    );
    expect(screen.getByRole("link").textContent.toLowerCase()).toBe(address.toLowerCase());
    const signed = screen.getByRole("group", { name: "What your signature will mean" });
    expect(within(signed).getByRole("blockquote").textContent).toMatch(sentence);
  },
);

it("shows the whole public profile that is vouched for, and what it leaves out", () => {
  const staff = [{ account: "0x90F79bf6EB2c4f870365E785982E1f101E93b906", name: "Dr Mei Lin", role: "doctor" }];
  const hospital = {
    id: 2,
    address,
    accreditation: "pending",
    listing: { name: "Elmford", address: "1 Mill Road", staff },
  };
  render(
    <MemoryRouter>
      <AccreditationDialog hospital={hospital as unknown as ListedHospital} onClose={() => {}} />
    </MemoryRouter>,
  );
  const profile = within(screen.getByRole("region", { name: "Public profile" }));
  expect(profile.getAllByRole("definition").map(({ textContent }) => textContent)).toEqual([
    "Elmford",
    "1 Mill Road",
    "Not given",
    expect.stringMatching(/^Dr Mei Lin Doctor 0x90F7…b906/),
  ]);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Accredit" }).disabled).toBe(false);
});

it("accredits nothing unread: says that the profile cannot be read now", () => {
  const hospital = { id: 2, address, accreditation: "pending", listing: null };
  render(
    <MemoryRouter>
      <AccreditationDialog hospital={hospital as unknown as ListedHospital} onClose={() => {}} />
    </MemoryRouter>,
  );
  expect(screen.getAllByText(/It cannot be accredited unread/).length).toBeGreaterThan(0);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Accredit" }).disabled).toBe(true);
});

it("draws fifty of those who are listed, and the others when they are asked for; of long names the beginning", () => {
  const staff = Array.from({ length: 120 }, (_, place) => ({
    ...{ account: `0x${String(place).padStart(40, "0")}`, role: "doctor", name: "n".repeat(5000) },
  }));
  const listing = { name: "E".repeat(5000), address: "a".repeat(5000), staff };
  const hospital = { id: 2, address, accreditation: "pending", listing };
  const { container } = render(
    <MemoryRouter>
      <AccreditationDialog hospital={hospital as unknown as ListedHospital} onClose={() => {}} />
    </MemoryRouter>,
  );
  expect(container.textContent).not.toMatch(/E{201}|a{201}|n{201}/);
  const profile = within(screen.getByRole("region", { name: "Public profile" }));
  expect(profile.getByText(`${"a".repeat(200)}…`)).toBeTruthy();
  expect(profile.getAllByRole("listitem")).toHaveLength(50);
  fireEvent.click(profile.getByRole("button", { name: "Show more (50 of 120 shown)" }));
  fireEvent.click(profile.getByRole("button", { name: "Show more (100 of 120 shown)" }));
  expect(profile.getAllByRole("listitem")).toHaveLength(120);
  expect(profile.queryByRole("button", { name: /of 120/ })).toBeNull();
});
