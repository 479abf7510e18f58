import type * as Sdk from "@chartkey/sdk";
import type { FirstAccess } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { useNewReaderCount } from "../../lib/patient/useFirstAccesses.ts";
import { FirstAccessNotice } from "./FirstAccessNotice.tsx";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const address = (digit: number): FirstAccess["reader"] => `0x${String(digit).repeat(40)}`;
const [doctor, sharee] = [address(1), address(2)];
const readFirstAccesses = vi.hoisted(() => vi.fn());
const notes = vi.hoisted(() => new Map<string, unknown>());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), readFirstAccesses }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => patient, subscribeActing: () => () => {} }));
vi.mock("../../lib/session/device.ts", () => ({
  deviceNotes: () => ({
    read: (about: string) => Promise.resolve(notes.get(about)),
    keep: (about: string, note: unknown) => Promise.resolve(void notes.set(about, note)),
  }),
}));
vi.mock("../../components/AccountName.tsx", () => ({ AccountName: ({ account }: { account: string }) => account }));

const session = { chain: { id: 1 }, wallet: { account: { address: patient } } };
const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);
const access = (reader: FirstAccess["reader"], days = 1): FirstAccess => ({
  ...{ reader, time: now() - days * DAY, proven: true, files: 8, more: false, categories: [7, 5] },
});
const answer = (accesses: FirstAccess[], bounded = false) =>
  readFirstAccesses.mockResolvedValue({ accesses, silent: [], bounded });

beforeAll(() => startTestI18n("en"));
beforeEach(() => void readFirstAccesses.mockReset());
afterEach(() => {
  cleanup();
  notes.clear();
});

const Count = () => <p aria-label="count">{useNewReaderCount()}</p>;

/** The overview, as it is opened, with what counts beside it. */
async function open() {
  cleanup();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter>
        <FirstAccessNotice />
        <Count />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  await waitFor(() => expect(client.isFetching()).toBe(0));
}
const told = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);
const count = () => screen.getByLabelText("count").textContent;

it("says who was handed what since when, and counts it beside the place, until it is marked as seen", async () => {
  answer([access(doctor)]);
  await open();
  expect(screen.getByText("Somebody was handed files of your chart for the first time")).toBeDefined();
  expect(told()).toEqual([expect.stringMatching(new RegExp(`^${doctor}, first on .*, 8 files \\(.*results.*\\)$`))]);
  expect(screen.getByRole("link", { name: "See what was handed out" }).getAttribute("href")).toBe(
    "/patient/access/deliveries",
  );
  expect(count()).toBe("1");
  fireEvent.click(screen.getByRole("button", { name: "Seen" }));
  await waitFor(() => expect(told()).toEqual([]));
  expect(count()).toBe("0");
  await open();
  expect(told()).toEqual([]);
  answer([access(sharee), access(doctor)]);
  await open();
  expect(told()).toEqual([expect.stringContaining(sharee)]);
});

it("tells a reader once more when what a store alone said is proven, and not the other way round", async () => {
  answer([{ ...access(doctor), proven: false }]);
  await open();
  expect(told()).toEqual([expect.stringMatching(/The store alone says so$/)]);
  fireEvent.click(screen.getByRole("button", { name: "Seen" }));
  await waitFor(() => expect(told()).toEqual([]));
  answer([access(doctor)]);
  await open();
  expect(told()).toEqual([expect.not.stringMatching(/store alone/)]);
  fireEvent.click(screen.getByRole("button", { name: "Seen" }));
  await waitFor(() => expect(told()).toEqual([]));
  answer([{ ...access(doctor), proven: false }]);
  await open();
  expect(told()).toEqual([]);
});

it("says since when a store alone tells of files, before those that were signed for", async () => {
  answer([{ ...access(doctor), told: now() - 3 * DAY }, access(sharee)]);
  await open();
  expect(told()).toEqual([
    expect.stringMatching(/first on .*A store tells of files that nobody signed for, since .+$/),
    expect.not.stringMatching(/nobody signed/),
  ]);
});

it("knows from then on who began long ago, and does not tell of him", async () => {
  answer([access(doctor, 45)]);
  await open();
  expect(told()).toEqual([]);
  await waitFor(() => expect([...notes.values()]).toEqual([[doctor]]));
  answer([access(doctor, 2)]);
  await open();
  expect(told()).toEqual([]);
});

it("names three, says how many more there are, and that not all was looked at", async () => {
  answer(
    [access(doctor), { ...access(sharee), more: true, categories: [] }, access(address(3)), access(address(4))],
    true,
  );
  await open();
  expect(told()[1]).toMatch(/, 8 files or more$/);
  expect(told()).toHaveLength(4);
  expect(told()[3]).toBe("And 1 more");
  expect(screen.getByText(/listed more than was checked/)).toBeDefined();
});

it("is silent while nothing is known, and when stores do not answer", async () => {
  readFirstAccesses.mockRejectedValue(new Error("gone"));
  await open();
  expect(screen.queryByRole("status")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
});
