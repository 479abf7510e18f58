import { useState } from "react";
import type { ChartItem } from "../../lib/chart/items.ts";

interface HeldItems {
  readonly shown: readonly ChartItem[];
  /** How many came since. */
  readonly held: number;
  readonly show: () => void;
}

const keysOf = (items: readonly ChartItem[]) => new Set(items.map(({ key }) => key));

/**
 * The lines of a chart as they were when it was opened, so that none moves while it is read: what is known changes in its place, and what
 * is new waits until it is asked for.
 * @param isCurrent whether the chart was read since the page came: what comes until then is no news
 */
export function useHeldItems(items: readonly ChartItem[], isCurrent: boolean): HeldItems {
  const [known, setKnown] = useState<ReadonlySet<string> | null>(null);
  const show = () => setKnown(keysOf(items));
  if (known === null && isCurrent && items.length > 0) show();
  const shown = known === null ? items : items.filter(({ key }) => known.has(key));
  return { shown, held: items.length - shown.length, show };
}
