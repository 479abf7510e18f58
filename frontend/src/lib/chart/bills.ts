import { sumAmounts } from "@chartkey/sdk/records";
import type { ChartItem } from "./items.ts";

/** The bills of a chart in one currency. */
export interface BillTotal {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
}

/** What bills come to. */
export interface BillSums {
  readonly totals: readonly BillTotal[];
  /** Bills that do not say what they come to. */
  readonly withoutTotal: number;
}

type Claim = Extract<NonNullable<ChartItem["resource"]>, { resourceType: "Claim" }>;

/**
 * The bill of a line of a chart: an active claim that nothing replaced or disputes. An ExplanationOfBenefit answers a claim, and would count
 * it twice.
 */
function billOf({ resource, integrity, standing }: ChartItem): Claim | undefined {
  if (integrity !== "verified" || standing.state !== "current" || resource?.resourceType !== "Claim") return;
  return resource.status === "active" && resource.use === "claim" ? resource : undefined;
}

function amountOf({ total }: Claim): { amount: number; currency: string } | undefined {
  const amount = total?.value;
  return amount === undefined || !Number.isFinite(amount) ? undefined : { amount, currency: total?.currency ?? "" };
}

/** What the bills among these lines come to, by currency. */
export function billSums(items: readonly ChartItem[]): BillSums {
  const bills = items.map(billOf).filter((bill) => bill !== undefined);
  const amounts = bills.map(amountOf).filter((amount) => amount !== undefined);
  const totals = [...Map.groupBy(amounts, ({ currency }) => currency)]
    .map(([currency, group]) => ({
      ...{ currency, count: group.length },
      amount: sumAmounts(group.map(({ amount }) => amount)),
    }))
    .sort((left, right) => left.currency.localeCompare(right.currency));
  return { totals, withoutTotal: bills.length - amounts.length };
}
