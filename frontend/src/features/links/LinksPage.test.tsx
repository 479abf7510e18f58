import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, type OwnHealthLink } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import LinksPage from "./LinksPage.tsx";

const sdk = vi.hoisted(() => ({
  ...{ readTimeline: vi.fn(), linkContent: vi.fn(), makeHealthLink: vi.fn() },
  ...{ readHealthLinks: vi.fn(), endHealthLink: vi.fn(), renewHealthLink: vi.fn() },
}));
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0x1" } } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => undefined }));

const PATIENCE = { timeout: 60_000 };
const TEXT = "shlink:/eyJ1cmwiOiJ4In0";
const link = (name: string, more: Partial<OwnHealthLink> = {}): OwnHealthLink => ({
  ...{ name, store: "https://a.example", state: "open", made: 1, exp: 4_000_000_000, uses: 0, maxUses: 1_000 },
  ...{
    passcode: false,
    remainingAttempts: 10,
    renewable: false,
    renewed: undefined,
    openings: [],
    text: TEXT,
    label: name,
    ...more,
  },
});

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
  window.scrollTo = () => undefined;
});
beforeEach(() => {
  vi.resetAllMocks();
  sdk.readHealthLinks.mockResolvedValue({ links: [], silent: [] });
  sdk.linkContent.mockResolvedValue({ file: "file", made: { resources: 14, unreadable: 2, files: 1 }, shown: 12 });
  sdk.makeHealthLink.mockResolvedValue({ name: "n", text: TEXT });
});
afterEach(cleanup);

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <LinksPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const make = () => screen.getByRole<HTMLButtonElement>("button", { name: "Make the link" });

it("makes a link of what was chosen, and shows it with a picture", async () => {
  show();
  type("Words on the link", "For the clinic");
  type("Opens", "5");
  type("Passcode (recommended)", "correct horse");
  fireEvent.click(screen.getByLabelText("Notes"));
  fireEvent.click(make());
  const picture = await screen.findByRole("img", { name: "Code of this health link" }, PATIENCE);
  expect(picture).toBeDefined();
  expect(screen.getByText("It opens 12 records.")).toBeDefined();
  expect(screen.getByText(/2 entries could not be opened/)).toBeDefined();
  expect(screen.getByText(/1 file, such as a scan, is not in it/)).toBeDefined();
  const choice = (sdk.linkContent.mock.calls[0] as unknown[])[3];
  expect(choice).toEqual({ format: "ips", categories: [1, 3, 4, 5, 6, 7, 8, 9] });
  const [, offer] = sdk.makeHealthLink.mock.calls[0] as [unknown, Record<string, unknown>];
  const inADay = Date.now() / 1000 + 86_400;
  expect(offer).toMatchObject({
    label: "For the clinic",
    passcode: "correct horse",
    uses: 5,
    files: ["file"],
    renewable: false,
  });
  expect(Math.abs(Number(offer["exp"]) - inADay)).toBeLessThan(120);
  expect(screen.getByDisplayValue(new RegExp(`/shl#${TEXT}$`))).toBeDefined();
  expect(screen.queryByText("correct horse")).toBeNull();
});

it("says how hard a passcode is to find, and takes none that is too short", () => {
  show();
  for (const [passcode, said] of [
    ["", /whoever sees the code or the link opens it/],
    ["      ", /whoever sees the code or the link opens it/],
    ["1234", /Too short/],
    ["123456", /Easy to guess/],
    ["correct horse", /Hard to guess/],
  ] as const) {
    type("Passcode (recommended)", passcode);
    expect(screen.getByText(said)).toBeDefined();
    expect(make().disabled).toBe(passcode === "1234");
  }
  fireEvent.click(screen.getByRole("button", { name: "Suggest one" }));
  expect(screen.getByLabelText<HTMLInputElement>("Passcode (recommended)").value).toMatch(/^\d{8}$/);
});

it("keeps what was typed when the store refuses, and says what to do", async () => {
  sdk.makeHealthLink.mockRejectedValue(new ChartkeyError("STORE_QUOTA", "full"));
  show();
  type("Words on the link", "For the clinic");
  fireEvent.click(make());
  await screen.findByText("No room left in the store", {}, PATIENCE);
  expect(screen.getByDisplayValue("For the clinic")).toBeDefined();
});

it("lists links with what became of them, shows the code of one that opens, and ends it", async () => {
  const links = [
    link("Guarded", { passcode: true, remainingAttempts: 7, uses: 2, openings: [{ time: 5, recipient: "Dr Roth" }] }),
    link("Once", { maxUses: 1, uses: 1, state: "spent" }),
    link("Locked", { passcode: true, remainingAttempts: 0, state: "locked" }),
    link("Foreign", { text: undefined, label: undefined }),
  ];
  const silent = [{ store: "https://b.example", cause: new ChartkeyError("STORE_UNREACHABLE", "silent") }];
  sdk.readHealthLinks.mockResolvedValue({ links, silent });
  show();
  const row = (await screen.findByText("Guarded", {}, PATIENCE)).closest("li")!;
  expect(within(row).getByText(/Opened 2 times of 1000 · 7 tries of the passcode are left/)).toBeDefined();
  expect(within(row).getByText("Dr Roth")).toBeDefined();
  expect(screen.getByText("Opened once of 1")).toBeDefined();
  expect(screen.getByText(/b\.example did not say which links it serves/)).toBeDefined();
  expect(screen.getByText("Locked after ten wrong passcodes")).toBeDefined();
  // What another key wrote has no code to show, and is ended all the same.
  expect(screen.getAllByRole("button", { name: /^Show the code/ })).toHaveLength(1);
  expect(screen.getAllByRole("button", { name: /^End / })).toHaveLength(2);
  fireEvent.click(within(row).getByRole("button", { name: "End Guarded" }));
  fireEvent.click(screen.getByRole("button", { name: "End the link" }));
  await expect.poll(() => sdk.endHealthLink.mock.calls.length, PATIENCE).toBe(1);
  expect(sdk.endHealthLink.mock.calls[0]![1]).toMatchObject({ name: "Guarded" });
  fireEvent.click(within(row).getByRole("button", { name: "Show the code of Guarded" }));
  expect(screen.getByRole("img", { name: "Code of this health link" })).toBeDefined();
  // The code of a link that is ended is shown no longer; that of another one is.
  const end = async (title: string, times: number) => {
    fireEvent.click(screen.getByRole("button", { name: `End ${title}` }));
    fireEvent.click(screen.getByRole("button", { name: "End the link" }));
    await expect.poll(() => sdk.endHealthLink.mock.calls.length, PATIENCE).toBe(times);
    await expect.poll(() => screen.queryByRole("dialog"), PATIENCE).toBeNull();
  };
  await end("Health link", 2);
  expect(screen.getByRole("img", { name: "Code of this health link" })).toBeDefined();
  await end("Guarded", 3);
  await expect.poll(() => screen.queryByRole("img", { name: "Code of this health link" }), PATIENCE).toBeNull();
});

it("says that there is none only when every store said so", async () => {
  const silent = [{ store: "https://b.example", cause: new ChartkeyError("STORE_UNREACHABLE", "silent") }];
  sdk.readHealthLinks.mockResolvedValueOnce({ links: [], silent });
  show();
  await screen.findByText(/b\.example did not say/, {}, PATIENCE);
  expect(screen.queryByText(/You have no link/)).toBeNull();
  cleanup();
  show();
  await screen.findByText(/You have no link/, {}, PATIENCE);
});

it("makes a link that may be renewed when that is ticked", async () => {
  show();
  fireEvent.click(screen.getByLabelText("I may renew what it opens"));
  fireEvent.click(make());
  await screen.findByRole("img", { name: "Code of this health link" }, PATIENCE);
  expect(sdk.makeHealthLink.mock.calls[0]![1]).toMatchObject({ renewable: true });
});

it("renews what a link opens with what is chosen then, and offers that for no other link", async () => {
  const mine = link("Mine", { renewable: true, renewed: 1_790_000_000 });
  const links = [
    ...[mine, link("Fixed"), link("Foreign", { renewable: true, text: undefined, label: "Foreign" })],
    link("Over", { renewable: true, state: "revoked" }),
  ];
  sdk.readHealthLinks.mockResolvedValue({ links, silent: [] });
  show();
  const [offered, ...others] = await screen.findAllByRole("button", { name: /^Renew what/ }, PATIENCE);
  expect([offered?.getAttribute("aria-label"), others]).toEqual(["Renew what Mine opens", []]);
  expect(screen.getByText("Mine").closest("li")?.textContent).toContain("Renewed September 21, 2026");
  fireEvent.click(offered!);
  const dialog = within(screen.getByRole("dialog"));
  const button = dialog.getByRole<HTMLButtonElement>("button", { name: "Renew it" });
  // Nobody gives more than before by a click alone.
  expect(button.disabled).toBe(true);
  fireEvent.click(dialog.getByLabelText("Results"));
  sdk.renewHealthLink.mockRejectedValueOnce(new ChartkeyError("STORE_UNREACHABLE", "silent"));
  fireEvent.click(button);
  await dialog.findByRole("alert", {}, PATIENCE);
  fireEvent.click(button);
  await dialog.findByText("It opens 12 records.", {}, PATIENCE);
  expect(dialog.getByText(/2 entries could not be opened/)).toBeDefined();
  expect(sdk.linkContent.mock.calls.at(-1)![3]).toEqual({ format: "ips", categories: [7] });
  expect(sdk.renewHealthLink).toHaveBeenLastCalledWith(session, mine, ["file"]);
  fireEvent.click(dialog.getByRole("button", { name: "Done" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
