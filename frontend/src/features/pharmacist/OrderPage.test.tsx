import { ChartkeyError, type OpenedOrder, type Order } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { OrderPage } from "./OrderPage.tsx";

const rival = "0x0000000000000000000000000000000000000002";
const state = vi.hoisted(() => ({ dispense: vi.fn() }));

vi.mock("wagmi", () => ({ useConnection: () => ({ address: undefined }) }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), dispense: state.dispense }));
vi.mock("../../lib/session/session.ts", () => ({ useSession: () => ({}), useReadSession: () => null }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  staffName: () => "Noor Haddad",
  hospitalName: () => "Ridgeway",
}));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  state.dispense.mockReset();
});

const eight = (...counts: number[]) => [...counts, ...Array<number>(8 - counts.length).fill(0)];

function orderWith(remaining: number[], change: Partial<Order> = {}): Order {
  return {
    ...{ id: `0x${"ab".repeat(32)}`, prescriber: rival, patient: rival, hospital: 1, dispenseKey: rival },
    ...{ expiry: 4_000_000_000, cancelled: false, blockNumber: 9n, logIndex: 0 },
    ...{ fills: eight(3, 1), remaining: eight(...remaining) },
    ...change,
  };
}

function open(order: Order, places = [1]) {
  const medicines = [{ medicine: "Metformin 500 mg", dosage: "1 with food" }, { medicine: "Paracetamol 500 mg" }];
  const opened = {
    order,
    entry: { time: 1_764_000_000 },
    standing: { isActive: true },
    content: { patient: { name: "Ananya Sharma", birthDate: "1984-02-29" }, medicines },
  } as unknown as OpenedOrder;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <OrderPage opened={opened} places={places} onClose={() => {}} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const sign = () => fireEvent.click(screen.getByRole("button", { name: "Sign and dispense" }));
const amountsOf = () => (state.dispense.mock.calls[0] as [unknown, unknown, { amounts: number[] }])[2].amounts;

it("hands out one of each unless something else is chosen, never more than remains, and says what then remains", async () => {
  state.dispense.mockResolvedValue(orderWith([1, 1]));
  open(orderWith([3, 1]));
  const more = screen.getByRole("button", { name: "Once more: Paracetamol 500 mg" });
  expect(more).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("button", { name: "Once more: Metformin 500 mg" }));
  fireEvent.click(screen.getByRole("button", { name: "Once less: Paracetamol 500 mg" }));
  expect(screen.getByText(/I hand out/).textContent).toMatch(/Metformin 500 mg\u2069: 2\s×.*1 of 3 then remain/);
  sign();
  await screen.findByText(/Recorded. Hand out now:/);
  expect(amountsOf()).toEqual([2, 0]);
  expect(screen.queryByRole("button", { name: "Sign and dispense" })).toBeNull();
});

it("P42 names who was faster, and hands out nothing more before what is left was loaded", async () => {
  const order = orderWith([2, 0]);
  const details = { by: rival, hospital: 1, time: 1_764_000_100, blockNumber: 12n, order };
  state.dispense.mockRejectedValueOnce(new ChartkeyError("ORDER_OUTRUN", "somebody was faster", { details }));
  open(orderWith([3, 1]));
  sign();
  const notice = await screen.findByRole("alert");
  expect(notice.textContent).toMatch(/Already dispensed elsewhere.*Noor Haddad.*Ridgeway.*block 12/);
  expect(screen.getByRole("button", { name: "Sign and dispense" })).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("button", { name: "Load what is left" }));
  expect(screen.getByText("2 of 3 left")).toBeTruthy();
  expect(screen.getByText("0 of 1 left")).toBeTruthy();
  expect(screen.getByText(/I hand out/).textContent).not.toContain("Paracetamol");
});

it("P43 offers nothing on an order that is used up, expired or cancelled", () => {
  for (const [order, words] of [
    [orderWith([0, 0]), "Everything was handed out. Nothing is left."],
    [orderWith([3, 1], { expiry: 1 }), "It has expired. Nothing may be handed out."],
    [orderWith([3, 1], { cancelled: true }), "It was cancelled. Nothing may be handed out."],
  ] as const) {
    open(order);
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Sign and dispense" })).toBeNull();
    cleanup();
  }
});
