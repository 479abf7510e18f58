import type { Delivery } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { DeliveryList } from "./DeliveryList.tsx";

vi.mock("../../lib/acting/acting.ts", () => ({ usePatientAccount: () => undefined }));
const state = vi.hoisted(() => ({ chart: undefined as object | undefined }));
vi.mock("../../lib/chart/useChart.ts", () => ({ useChart: () => ({ data: state.chart }) }));
vi.mock("../../components/AccountName.tsx", () => ({ AccountName: ({ account }: { account: string }) => account }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const delivery = (time: number, changed: Partial<Delivery> = {}): Delivery => ({
  ...{ act: "delivery", store: "http://127.0.0.1:5391", reader: "0xA", time, categories: [7], file: "content" },
  ...{ proven: true, anchoring: { state: "waiting" }, ...changed },
});

/** Unfolds, as a click on the line does in a browser. */
function unfold(summary: HTMLElement) {
  const details = summary.closest("details")!;
  details.open = true;
  fireEvent(details, new Event("toggle"));
}

function show(deliveries: readonly Delivery[]) {
  render(
    <MemoryRouter>
      <DeliveryList label="Entries" deliveries={deliveries} first={new Set(deliveries.slice(1, 2))} />
    </MemoryRouter>,
  );
  const list = screen.getByRole("list", { name: "Entries" });
  return [...list.children].map((line) => within(line as HTMLElement));
}

it("makes one line of one fetching, with its files unfolded on request and marked as the reader's first", () => {
  const [line, other, ...more] = show([delivery(125), delivery(121, { categories: [5] }), delivery(60)]);
  expect(more).toEqual([]);
  expect(line!.getByText("Handed to: 0xA")).toBeTruthy();
  expect(line!.getByText("2 entries").closest("details")?.open).toBe(false);
  expect(line!.queryByRole("listitem", { hidden: true })).toBeNull();
  unfold(line!.getByText("2 entries"));
  expect(line!.getAllByRole("listitem", { hidden: true }).map(({ textContent }) => textContent)).toEqual([
    "Results",
    "Diagnoses",
  ]);
  expect(line!.getByText("This reader’s first in this time")).toBeTruthy();
  expect(other!.queryByText("This reader’s first in this time")).toBeNull();
  expect(other!.queryByText(/entr/)).toBeNull();
});

it("folds what is technical, names the own computer's store in words, and hides no missing receipt", () => {
  const [own, far] = show([
    delivery(125),
    delivery(5, { store: "https://a.example", anchoring: { state: "missing" } as Delivery["anchoring"] }),
  ]);
  expect(own!.getByText("Handed out by this computer’s store.").closest("details")?.open).toBe(false);
  expect(own!.getByText("Not on the chain yet").closest("details")).not.toBeNull();
  expect(far!.getByText("Handed out by a store on the network.")).toBeTruthy();
  expect(far!.getByText("Missing from what the store published").closest("details")).toBeNull();
});

it("says of files that are no entries what they are", () => {
  const [line] = show([delivery(5, { file: "keys" }), delivery(4, { file: "document" })]);
  unfold(line!.getByText("2 files"));
  expect(line!.getAllByRole("listitem", { hidden: true }).map(({ textContent }) => textContent)).toEqual([
    "Keys: Results",
    "Document: Results",
  ]);
});

it("draws fifty files of a fetching once it is unfolded, the next when they are asked for, and looks the chart up once", () => {
  const recordId = "0xB";
  const recordIdOf = vi.fn(() => recordId);
  const items = Array.from({ length: 120 }, (_, index) =>
    Object.defineProperty({ index, key: `0xB.${index}`, summary: { title: `Title ${index}` } }, "recordId", {
      get: recordIdOf,
    }),
  );
  state.chart = { items };
  onTestFinished(() => void (state.chart = undefined));
  const [line] = show(items.map((_, index) => delivery(121, { recordId, index } as Partial<Delivery>)));
  const summary = line!.getByText("120 entries");
  expect(line!.queryByRole("link")).toBeNull();
  unfold(summary);
  expect(line!.getAllByRole("listitem")).toHaveLength(50);
  fireEvent.click(line!.getByRole("button", { name: "Show more (50 of 120 shown)" }));
  fireEvent.click(line!.getByRole("button", { name: "Show more (100 of 120 shown)" }));
  expect(line!.getAllByRole("listitem")).toHaveLength(120);
  expect(line!.getByRole("link", { name: "Title 119" }).getAttribute("href")).toBe("/patient/chart/0xB.119");
  expect(line!.queryByRole("button", { name: /of 120/ })).toBeNull();
  expect(recordIdOf).toHaveBeenCalledTimes(120);
});
