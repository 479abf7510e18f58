import type * as Sdk from "@chartkey/sdk";
import type * as Records from "@chartkey/sdk/records";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import type { Grant } from "../../lib/patient/grants.ts";
import { MessageForm } from "./MessageForm.tsx";

const DOCTOR = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const OTHER = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
const state = vi.hoisted(() => ({ publish: vi.fn(), grants: [] as unknown[] }));
const session = vi.hoisted(() => ({ chain: { id: 1 }, wallet: { account: { address: "0x01" } } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), publishRecord: state.publish }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => null }));
vi.mock("../../lib/session/outbox.ts", () => ({ useWritingSession: () => session }));
vi.mock("../../lib/chart/useOwnActor.ts", () => ({ useOwnActor: () => ({ display: "Ananya" }) }));
vi.mock("../../lib/chart/useChart.ts", () => ({ useRefreshChart: () => () => Promise.resolve() }));
vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => "0x01" }));
vi.mock("../../lib/patient/useGrants.ts", () => ({ useGrantsOf: () => ({ data: { grants: state.grants } }) }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: (_: unknown, account: string) => (account === DOCTOR ? "Dr Amara Okafor" : undefined),
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const LATER = Math.floor(Date.now() / 1000) + 3600;
const grant = (grantee: string, read: number, expiry = LATER) =>
  ({ grantee, hospital: 1, read, write: 0, expiry, since: 10, activeSince: 5, withKeys: true }) as unknown as Grant;

function show(...grants: Grant[]) {
  state.grants = grants;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <MessageForm />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("offers the doctors who may read messages now, and sends what was written as a Communication of category 9", async () => {
  show(grant(DOCTOR, 1 << 9), grant(OTHER, 1 << 7));
  const options = screen.getAllByRole<HTMLOptionElement>("option").map(({ textContent }) => textContent);
  expect(options).toEqual(["Choose a doctor.", "Dr Amara Okafor"]);
  fireEvent.change(screen.getByLabelText("Doctor"), { target: { value: DOCTOR } });
  fireEvent.change(screen.getByLabelText("Subject"), { target: { value: "The dose" } });
  fireEvent.change(screen.getByLabelText("Message"), { target: { value: "With food?" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign and send" }));
  await waitFor(() => expect(state.publish).toHaveBeenCalledOnce());
  const [, patient, draft] = state.publish.mock.calls[0] as [unknown, string, { category: number; data: Uint8Array }];
  expect([patient, draft.category]).toEqual(["0x01", 9]);
  const sent = JSON.parse(new TextDecoder().decode(draft.data)) as ReturnType<typeof Records.buildMessage>;
  expect(sent).toMatchObject({
    resourceType: "Communication",
    sender: { display: "Ananya" },
    recipient: [{ display: "Dr Amara Okafor", identifier: { value: `eip155:1:${DOCTOR}` } }],
    topic: { text: "The dose" },
    payload: [{ contentString: "With food?" }],
  });
});

it("says what to do when nobody could read it", () => {
  show(grant(DOCTOR, 1 << 7), grant(OTHER, 1 << 9, 1));
  screen.getByText("No doctor may read your messages");
  expect(screen.getByRole("link", { name: "Give access" }).getAttribute("href")).toBe("/patient/access/new");
});
