import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, utf8, type KeptDraft } from "@chartkey/sdk";
import {
  buildBundle,
  buildNote,
  buildPrescription,
  buildProvenance,
  canonicalJson,
  newFullUrl,
} from "@chartkey/sdk/records";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import WaitingPage from "./WaitingPage.tsx";

const own = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const other = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const outbox = vi.hoisted(() => ({ list: vi.fn(), read: vi.fn(), retry: vi.fn(), discard: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0x1" } } }));
vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  Outbox: class {
    list = outbox.list;
    read = outbox.read;
    retry = outbox.retry;
    discard = outbox.discard;
  },
}));
vi.mock("wagmi", () => ({ useConnection: () => ({ address: own }) }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => own }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: () => undefined,
  hospitalName: () => undefined,
}));

const draft = (number: number, more: Partial<KeptDraft> = {}): KeptDraft => ({
  ...{ id: `0x${String(number).repeat(64)}`, patient: own, kind: "record", categories: 1 << 2 },
  ...{ begun: 1_700_000_000, state: "unsent", ...more },
});

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
beforeEach(() => {
  for (const mocked of Object.values(outbox)) mocked.mockReset();
});
afterEach(cleanup);

const keep = (...drafts: KeptDraft[]) => outbox.list.mockResolvedValue({ drafts, closed: ["of another account"] });

function show() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <WaitingPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const rows = async () => within(await screen.findByRole("list", { name: "Waiting entries" })).findAllByRole("listitem");
const textOf = (element: HTMLElement | undefined) => element?.textContent.replaceAll(/\s+/g, " ");
const dialog = () => within(screen.getByRole("dialog"));

it("lists what waits, for whose chart, and how it stands; another account's is not counted", async () => {
  keep(
    draft(1),
    draft(2, { kind: "order", categories: 1 << 4, patient: other, state: "sent" }),
    draft(3, { kind: "batch", categories: (1 << 5) | (1 << 7), state: "anchored" }),
  );
  show();
  const [first, second, third, ...rest] = await rows();
  expect(rest).toEqual([]);
  expect(textOf(first)).toMatch(/Entry: notes.*Your chart.*Not sent/);
  expect(textOf(second)).toMatch(/Prescription.*Chart of.*0x3C44.*Sent, in no block yet/);
  expect(textOf(third)).toMatch(/Several entries: diagnoses and results.*In the chart/);
  expect(within(third!).queryByRole("button")).toBeNull();
  expect(screen.queryByText("of another account")).toBeNull();
});

it("O18 sends an entry again by its own sentence, tells a failure, and lets it be tried once more", async () => {
  keep(draft(1, { patient: other }));
  outbox.retry.mockRejectedValueOnce(new ChartkeyError("STORE_UNREACHABLE", ""));
  show();
  await rows();
  fireEvent.click(screen.getByRole("button", { name: "Send again: Entry: notes" }));
  expect(textOf(dialog().getByRole("group"))).toContain(
    "I add Entry: notes to the chart of 0x3C44…93BC, as I wrote it.",
  );
  fireEvent.click(dialog().getByRole("button", { name: "Sign and send" }));
  await screen.findByText("The store does not answer");
  outbox.retry.mockResolvedValue("0x01");
  keep(draft(1, { patient: other, state: "anchored" }));
  fireEvent.click(dialog().getByRole("button", { name: "Try again" }));
  await screen.findByText("Sent: the chart has it now.");
  await screen.findByText("In the chart");
  expect(outbox.retry).toHaveBeenCalledTimes(2);
  expect(outbox.retry).toHaveBeenCalledWith(session, draft(1).id, { onPhase: expect.any(Function) });
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("O18 gives an entry up after saying what is lost, and not while it may still be mined", async () => {
  keep(draft(1, { state: "sent" }));
  outbox.discard.mockRejectedValueOnce(new ChartkeyError("CHAIN_TX_PENDING", ""));
  show();
  await rows();
  fireEvent.click(screen.getByRole("button", { name: "Give up: Entry: notes" }));
  expect(dialog().getByText(/cannot be brought back/)).toBeTruthy();
  fireEvent.click(dialog().getByRole("button", { name: "Give up" }));
  await screen.findByText(/may still be mined/);
  expect(await rows()).toHaveLength(1);
  outbox.discard.mockResolvedValue(undefined);
  keep();
  fireEvent.click(dialog().getByRole("button", { name: "Give up" }));
  await screen.findByText("Given up. Nothing of it is kept here.");
  await screen.findByText("Nothing waits");
});

it("calls an entry by its own title where it has one: of a prescription each medicine, of a file its name", async () => {
  const people = { patient: { display: "Ananya" }, author: { display: "Ananya" }, date: "2026-11-26T09:00:00Z" };
  const order = ["Aspirin", "Metformin"].map((medicine) => buildPrescription({ ...people, medicine, dosage: "1" }));
  const provenance = buildProvenance({ targets: [newFullUrl()], author: people.author, recorded: people.date });
  const bundle = buildBundle(
    [...order, provenance].map((resource) => ({ resource })),
    { timestamp: people.date },
  );
  const fhir = (resource: unknown) => ({
    meta: { contentType: "application/fhir+json" },
    data: utf8(canonicalJson(resource)),
  });
  const contents: Record<string, unknown> = {
    [draft(1).id]: fhir(buildNote({ ...people, title: "How I slept", text: "Badly." })),
    [draft(2).id]: fhir(bundle),
    [draft(3).id]: { meta: { contentType: "image/png", title: "Rash" }, data: new Uint8Array() },
    [draft(4).id]: fhir({ resourceType: "Observation" }),
  };
  outbox.read.mockImplementation(async (_: unknown, id: string) => contents[id]);
  keep(draft(1), draft(2, { kind: "order" }), draft(3), draft(4));
  show();
  await screen.findByText("How I slept");
  const titles = (await rows()).map((row) => row.querySelector(".ck-row-title")?.textContent);
  expect(titles).toEqual(["How I slept", "Aspirin and Metformin", "Rash", "Entry: notes"]);
});
