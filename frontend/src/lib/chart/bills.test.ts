import { buildBill } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import { billTotals } from "./bills.ts";
import type { ChartItem } from "./items.ts";

function bill(amount: number, currency = "EUR", claim: object = {}, item: Partial<ChartItem> = {}): ChartItem {
  const bundle = buildBill({
    ...{ patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" },
    ...{ served: "2026-11-26", currency, services: [{ text: "Consultation", amount }] },
  });
  const resource = { ...bundle.entry![0]!.resource, ...claim };
  return { integrity: "verified", standing: { state: "current" }, resource, ...item } as ChartItem;
}

describe("the bills of a chart", () => {
  it("are added, each currency by itself", () => {
    expect(billTotals([bill(0.1), bill(5, "USD"), bill(0.2)])).toEqual([
      { currency: "EUR", count: 2, amount: 0.3 },
      { currency: "USD", count: 1, amount: 5 },
    ]);
    expect(billTotals([])).toEqual([]);
  });

  it.each([
    ["was cancelled", bill(1, "EUR", { status: "cancelled" })],
    ["was taken back", bill(1, "EUR", { status: "entered-in-error" })],
    ["only asks what would be paid", bill(1, "EUR", { use: "predetermination" })],
    ["has no total", bill(1, "EUR", { total: undefined })],
    ["was replaced", bill(1, "EUR", {}, { standing: { state: "superseded" } } as Partial<ChartItem>)],
    ["could not be opened", bill(1, "EUR", {}, { integrity: "altered" })],
    ["answers a claim", bill(1, "EUR", { resourceType: "ExplanationOfBenefit" })],
  ])("do not count one that %s", (_, item) => {
    expect(billTotals([bill(2), item])).toEqual([{ currency: "EUR", count: 1, amount: 2 }]);
  });
});
