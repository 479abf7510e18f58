import { ChartkeyError } from "@chartkey/sdk";
import { readOrderContent, type OrderContent } from "@chartkey/sdk/records";
import type { ChartItem } from "../chart/items.ts";

/** What an order says, from the lines of a chart; null when they are not all there or cannot be shown. */
export function orderContentOf(items: readonly ChartItem[], orderId: string): OrderContent | null {
  const parts = items.filter(({ recordId }) => recordId === orderId).sort((left, right) => left.part - right.part);
  try {
    return readOrderContent({ entry: parts.map(({ json }) => ({ resource: json })) });
  } catch (error) {
    if (error instanceof ChartkeyError) return null;
    throw error;
  }
}
