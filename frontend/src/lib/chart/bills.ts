import { sumAmounts } from "@chartkey/sdk/records";
import type { ChartItem } from "./items.ts";

/** The bills of a chart in one currency. */
export interface BillTotal {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
}

/** What a line of a chart bills: an active claim that nothing replaced. An ExplanationOfBenefit answers a claim, and would count it twice. */
function billed({ resource, integrity, standing }: ChartItem): { amount: number; currency: string } | undefined {
  if (integrity !== "verified" || standing.state === "superseded" || resource?.resourceType !== "Claim") return;
  const { status, use, total } = resource;
  if (status !== "active" || use !== "claim" || total?.value === undefined) return;
  return { amount: total.value, currency: total.currency ?? "" };
}

/** What the bills among these lines come to, by currency. */
export function billTotals(items: readonly ChartItem[]): readonly BillTotal[] {
  const byCurrency = Map.groupBy(
    items.map(billed).filter((bill) => bill !== undefined),
    ({ currency }) => currency,
  );
  return [...byCurrency]
    .map(([currency, bills]) => ({
      currency,
      count: bills.length,
      amount: sumAmounts(bills.map(({ amount }) => amount)),
    }))
    .sort((left, right) => left.currency.localeCompare(right.currency));
}
