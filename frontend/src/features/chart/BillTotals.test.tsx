import { buildBill } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { BillTotals } from "./BillTotals.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function bill(claim: object = {}): ChartItem {
  const { entry } = buildBill({
    ...{ patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" },
    ...{ served: "2026-11-26", currency: "PKR", services: [{ text: "X-ray", amount: 100.75 }] },
  });
  const resource = { ...entry![0]!.resource, ...claim };
  return { integrity: "verified", standing: { state: "current" }, resource } as ChartItem;
}
const said = () => screen.getByRole("region", { name: "Sum of the bills" }).textContent.replaceAll("\u00a0", " ");

it("says what bills come to, digit by digit, and how many have no total", () => {
  render(<BillTotals items={[bill(), bill(), bill({ total: undefined })]} searched={false} />);
  expect(said()).toMatch(/2 bills: PKR 201\.50 in all.*1 bill without a total is not in the sum/);
  expect(said()).not.toContain("search");
});

it("says that bills have no total where none has one, and that a search was on", () => {
  render(<BillTotals items={[bill({ total: undefined })]} searched />);
  expect(said()).toMatch(/1 bill without a total.*Only of what the search found/);
});
