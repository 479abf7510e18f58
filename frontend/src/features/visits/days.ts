import type { FreeSlot } from "@chartkey/sdk";

/** Free slots of one day of the reader's calendar, which need not be the day of the chain's UTC calendar. */
export interface FreeDay {
  /** "2026-11-26" in local time: the key. */
  readonly key: string;
  readonly slots: readonly FreeSlot[];
}

function localDay(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Groups slots, ascending, by the local day that they begin on. */
export function groupByLocalDay(slots: readonly FreeSlot[]): FreeDay[] {
  const days = new Map<string, FreeSlot[]>();
  for (const slot of slots.toSorted((left, right) => left.start - right.start)) {
    const key = localDay(slot.start);
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return [...days].map(([key, ofDay]) => ({ key, slots: ofDay }));
}
