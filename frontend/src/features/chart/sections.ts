import type { ChartItem } from "../../lib/chart/items.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { formatDate } from "../../lib/format/time.ts";
import { matchesQuery } from "../../lib/format/search.ts";

/** Number of items of each category that has any, ascending. */
export function countCategories(items: readonly ChartItem[]): readonly (readonly [category: number, count: number])[] {
  const counts = new Map<number, number>();
  for (const { categories } of items)
    for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].sort(([left], [right]) => left - right);
}

/** How many lines of a chart are one record: the medicines of an order are signed, and withheld, as one. */
export function partsOf(items: readonly ChartItem[], { recordId, index }: ChartItem): number {
  return items.filter((item) => item.recordId === recordId && item.index === index).length;
}

/** The line of a key; of a record that is withheld by now, the one line that is left of it. */
export function findItem(items: readonly ChartItem[], key = ""): ChartItem | undefined {
  const first = `${key.split(".").slice(0, 2).join(".")}.0`;
  return (
    items.find((item) => item.key === key) ??
    items.find((item) => item.key === first && item.withheldSince !== undefined)
  );
}

/** Whether an item holds every word of the query, in its title, value, lines or author's name. */
export function matchesItem({ summary }: ChartItem, query: string, author: string | undefined): boolean {
  if (query.trim() === "") return true;
  const { title, subtitle, value, lines = [] } = summary ?? {};
  return matchesQuery(query, [title, subtitle, value?.text, author, ...lines.map(({ text }) => text)]);
}

/** Items of one day, in the words of the reader. */
export interface DaySection {
  readonly day: string;
  readonly items: readonly ChartItem[];
}

/** Puts items under the day that they are about, in their order. */
export function byDay(items: readonly ChartItem[], locale: string): DaySection[] {
  const sections: { day: string; items: ChartItem[] }[] = [];
  for (const item of items) {
    const day = item.summary?.date ? formatFhirDate(item.summary.date, locale) : formatDate(item.time, locale);
    const last = sections.at(-1);
    if (last?.day === day) last.items.push(item);
    else sections.push({ day, items: [item] });
  }
  return sections;
}
