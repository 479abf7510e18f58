import type { SummaryGap } from "@chartkey/sdk/records";
import type { ChartItem, Integrity } from "./items.ts";

/** Why an entry shows nothing of its content; of one that was erased there is no content left to miss. */
const GAPS: Readonly<Record<Exclude<Integrity, "verified">, SummaryGap | undefined>> = {
  hidden: "withheld",
  erased: undefined,
  noAccess: "noAccess",
  notDelivered: "unreadable",
  damaged: "unreadable",
  altered: "unreadable",
  unreachable: "unreadable",
  withheld: "unreadable",
  unusable: "unreadable",
};

function gapOf({ integrity, resource, file }: ChartItem): SummaryGap | undefined {
  if (integrity !== "verified") return GAPS[integrity];
  return resource || file ? undefined : "unreadable";
}

/** Why what a reader sees of a category of a chart is not all that is in it: kept back, without a key, or not readable now. */
export function gapsOf(items: readonly ChartItem[], category: number): SummaryGap[] {
  const found = new Set(items.filter(({ categories }) => categories.includes(category)).map(gapOf));
  return (["withheld", "noAccess", "unreadable"] as const).filter((gap) => found.has(gap));
}
