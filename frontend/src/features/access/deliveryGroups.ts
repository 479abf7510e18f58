import type { Delivery } from "@chartkey/sdk";

/** What one person was handed, or had removed, by one store in one minute: a chart is fetched by several requests at once. */
export interface DeliveryGroup {
  readonly key: string;
  /** In the order of the list; never empty. */
  readonly deliveries: readonly [Delivery, ...Delivery[]];
  /** The same without what was handed out again: a page and its reload fetch a file twice. */
  readonly files: readonly Delivery[];
}

/** What deliveries of one group have in common. */
function keyOf({ act, store, reader, time, proven, anchoring }: Delivery): string {
  return [act, store, reader.toLowerCase(), Math.floor(time / 60), proven, anchoring.state].join(" ");
}

/** Groups the deliveries of a list by reader, minute, store and what is known of their receipts; in the order of their first ones. */
export function groupDeliveries(deliveries: readonly Delivery[]): readonly DeliveryGroup[] {
  const groups = new Map<string, [Delivery, ...Delivery[]]>();
  for (const delivery of deliveries) {
    const key = keyOf(delivery);
    const group = groups.get(key);
    if (group) group.push(delivery);
    else groups.set(key, [delivery]);
  }
  return [...groups].map(([key, grouped]) => ({ key, deliveries: grouped, files: once(grouped) }));
}

/** One delivery of each file; all of those whose file is not known. */
function once(deliveries: readonly Delivery[]): readonly Delivery[] {
  const seen = new Set<string>();
  return deliveries.filter(({ recordId, index, file }) => {
    if (recordId === undefined) return true;
    const name = `${recordId} ${index ?? ""} ${file}`;
    return !seen.has(name) && seen.add(name);
  });
}
