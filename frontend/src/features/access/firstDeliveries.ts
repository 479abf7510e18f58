import type { Delivery } from "@chartkey/sdk";

/** Of each reader the first delivery of a file of the chart in a list that begins with the newest: one he signed for, if there is one. */
export function firstDeliveries(deliveries: readonly Delivery[]): ReadonlySet<Delivery> {
  const first = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    const { act, reader, categories, proven } = delivery;
    if (act !== "delivery" || categories.length === 0) continue;
    if (proven || first.get(reader)?.proven !== true) first.set(reader, delivery);
  }
  return new Set(first.values());
}
