import type * as Sdk from "@chartkey/sdk";
import { accountIdentifier, buildMessage, buildReferral, recordUrl, summarize } from "@chartkey/sdk/records";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import type { Hex } from "viem";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import type { Chart } from "../../lib/chart/useChart.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Answer } from "./Answer.tsx";
import { correspondenceOf } from "./lib/threads.ts";

const PATIENT = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const DOCTOR = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const state = vi.hoisted(() => ({ publish: vi.fn(), readers: [] as string[], kept: new Map<string, unknown>() }));
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0x01" } } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), publishRecord: state.publish }));
vi.mock("wagmi", () => ({ useConnection: () => ({ address: PATIENT }) }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => PATIENT }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));
vi.mock("../../lib/session/outbox.ts", () => ({ useWritingSession: () => session }));
vi.mock("../../lib/session/draftNotes.ts", () => {
  const notes = {
    keep: async (about: string, note: unknown) => void state.kept.set(about, note),
    read: async (about: string) => state.kept.get(about),
    drop: async (about: string) => void state.kept.delete(about),
  };
  return { draftNotes: () => notes };
});
vi.mock("../../lib/chart/useChart.ts", () => ({ useRefreshChart: () => () => Promise.resolve() }));
vi.mock("../../lib/patient/useGrants.ts", () => ({
  useGrantsOf: () => ({
    data: {
      grants: state.readers.map((grantee) => ({ grantee, read: 1 << 9, expiry: 1e11, since: 10, activeSince: 5 })),
    },
  }),
}));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: (_: unknown, account: string) => (account === DOCTOR ? "Dr Okafor" : undefined),
}));

beforeAll(() => startTestI18n("en"));
beforeEach(() => {
  state.kept.clear();
  state.publish.mockReset().mockResolvedValue("0x");
  state.readers = [DOCTOR];
});
afterEach(cleanup);

const recordId: Hex = `0x${"ab".repeat(28)}00000001`;
const written = { patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" };
const referral = buildReferral({ ...written, title: "Cardiology", reason: "Murmur" });
const message = buildMessage({
  ...{ ...written, title: "Dose", text: "With food." },
  recipients: [{ display: "Ananya", identifier: accountIdentifier(1, PATIENT) }],
});

function show(resource: NonNullable<ChartItem["resource"]>) {
  const item = {
    ...{ key: `${recordId}.0.0`, recordId, index: 0, part: 0, categories: [9], author: DOCTOR, hospital: 1 },
    ...{ integrity: "verified", entry: { kind: "entry" }, resource, summary: summarize(resource) },
  } as unknown as ChartItem;
  const ward = { chainId: 1, patient: PATIENT, nameOf: () => "Dr Okafor" } as const;
  const [thread] = correspondenceOf([item], ward).threads;
  const chart = { patient: PATIENT, items: [item] } as unknown as Chart;
  const own = { display: "Ananya" };
  return render(
    <MemoryRouter>
      <Answer chart={chart} thread={thread!} whose="own" subject={own} author={own} />
    </MemoryRouter>,
  );
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>("Your answer");
const type = (value: string) => fireEvent.change(field(), { target: { value } });

it.each([
  ["a message", message, "inResponseTo"],
  ["a referral", referral, "basedOn"],
] as const)("answers %s by its record, to whom wrote it, under its subject", async (_, resource, element) => {
  show(resource);
  screen.getByText(/You and whoever may read “Messages and referrals” now can read it: Dr Okafor\./);
  type("Thank you.");
  fireEvent.click(screen.getByRole("button", { name: "Sign and send" }));
  await waitFor(() => expect(state.publish).toHaveBeenCalledOnce());
  const [, patient, draft] = state.publish.mock.calls[0] as [unknown, string, { category: number; data: Uint8Array }];
  expect([patient, draft.category]).toEqual([PATIENT, 9]);
  const sent = JSON.parse(new TextDecoder().decode(draft.data)) as Record<string, unknown>;
  const topic = summarize(resource).title;
  expect(sent).toMatchObject({
    [element]: [{ reference: recordUrl({ recordId, index: 0, part: 0 }), type: resource.resourceType, display: topic }],
    topic: { text: topic },
    recipient: [{ display: "Dr Okafor", identifier: { value: `eip155:1:${DOCTOR}` } }],
    payload: [{ contentString: "Thank you." }],
  });
  await waitFor(() => expect(field().value).toBe(""));
  await waitFor(() => expect(state.kept.size).toBe(0));
});

it("keeps what was typed for the next time, and drops it when it is begun anew", async () => {
  const { unmount } = show(message);
  type("Half an");
  await waitFor(() => expect(state.kept.size).toBe(1));
  type("Half an answer");
  unmount();
  show(message);
  await screen.findByText(/What you typed before is here again/);
  expect(field().value).toBe("Half an answer");
  fireEvent.click(screen.getByRole("button", { name: "Begin anew" }));
  fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
  await waitFor(() => expect(state.kept.size).toBe(0));
  expect(field().value).toBe("");
});

it("says who would not read it, and offers no answer that nobody else opens", () => {
  state.readers = [];
  show(message);
  screen.getByText("May not read your messages now: Dr Okafor");
  expect(screen.getByRole("link", { name: "Give access to Dr Okafor" }).getAttribute("href")).toBe(
    "/patient/access/new",
  );
  expect(screen.queryByLabelText("Your answer")).toBeNull();
});
