import { buildBill } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import { billSums } from "./bills.ts";
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
    expect(billSums([bill(0.1), bill(5, "USD"), bill(0.2)])).toEqual({
      totals: [
        { currency: "EUR", count: 2, amount: 0.3 },
        { currency: "USD", count: 1, amount: 5 },
      ],
      withoutTotal: 0,
    });
    expect(billSums([])).toEqual({ totals: [], withoutTotal: 0 });
  });

  it.each([
    ["was cancelled", bill(1, "EUR", { status: "cancelled" })],
    ["was taken back", bill(1, "EUR", { status: "entered-in-error" })],
    ["only asks what would be paid", bill(1, "EUR", { use: "predetermination" })],
    ["was replaced", bill(1, "EUR", {}, { standing: { state: "superseded" } } as Partial<ChartItem>)],
    ["is disputed", bill(1, "EUR", {}, { standing: { state: "disputed" } } as Partial<ChartItem>)],
    ["could not be opened", bill(1, "EUR", {}, { integrity: "altered" })],
    ["answers a claim", bill(1, "EUR", { resourceType: "ExplanationOfBenefit" })],
  ])("do not count one that %s", (_, item) => {
    expect(billSums([bill(2), item])).toEqual({ totals: [{ currency: "EUR", count: 1, amount: 2 }], withoutTotal: 0 });
  });

  it.each([
    ["no total", { total: undefined }],
    ["a total of no value", { total: { currency: "EUR" } }],
    ["a total that is no number", { total: { value: Number.POSITIVE_INFINITY, currency: "EUR" } }],
  ])("count one with %s apart", (_, claim) => {
    const cancelled = bill(1, "EUR", { ...claim, status: "cancelled" });
    expect(billSums([bill(1, "EUR", claim), bill(2), cancelled])).toEqual({
      totals: [{ currency: "EUR", count: 1, amount: 2 }],
      withoutTotal: 1,
    });
  });
});
