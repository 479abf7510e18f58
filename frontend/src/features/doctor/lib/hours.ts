import type { OfferedDay } from "@chartkey/sdk";
import { dayStart, localDay, shiftDay } from "./days.ts";

const QUARTER = 900;
const DAY = 86_400;

/** Hours offered in the editor, on the reader's clock; others appear when they are open. */
const FIRST_HOUR = 7;
const LAST_HOUR = 19;

/** Open quarters of an hour by their number since 1970-01-01 UTC (Unix seconds / 900). */
export type OpenQuarters = ReadonlySet<number>;

/** A day of the editor and the starts (Unix seconds) of the hours that it offers. */
export interface EditorDay {
  readonly day: string;
  readonly start: number;
  readonly hours: readonly number[];
}

/** UTC days that cover `count` local days from the one of `now`, none of them over. */
export function coveredDays(now: number, count: number): { firstDay: number; days: number } {
  const first = localDay(now);
  const firstDay = Math.floor(Math.max(dayStart(first), Math.floor(now / DAY) * DAY) / DAY);
  const lastDay = Math.floor((dayStart(shiftDay(first, count)) - 1) / DAY);
  return { firstDay, days: lastDay - firstDay + 1 };
}

/** The set of open quarters of consecutive UTC days. */
export function toQuarters(firstDay: number, slots: readonly (readonly number[])[]): Set<number> {
  return new Set(slots.flatMap((ofDay, offset) => ofDay.map((slot) => (firstDay + offset) * 96 + slot)));
}

/** The fees of the days that have something open, in gwei, each once; of the first day when none has. */
export function feesOf(days: readonly OfferedDay[]): readonly bigint[] {
  const offered = days.filter(({ slots }) => slots.length > 0);
  return [...new Set((offered.length > 0 ? offered : days.slice(0, 1)).map(({ feeGwei }) => feeGwei))];
}

/** The slots of each of `days` consecutive UTC days, as the contract takes them. */
export function toSlots(firstDay: number, days: number, open: OpenQuarters): number[][] {
  const slots = Array.from({ length: days }, (): number[] => []);
  for (const quarter of open) slots[Math.floor(quarter / 96) - firstDay]?.push(quarter % 96);
  return slots.map((ofDay) => ofDay.sort((left, right) => left - right));
}

function quartersOf(hour: number): number[] {
  const first = Math.floor(hour / QUARTER);
  return [first, first + 1, first + 2, first + 3];
}

/** How much of an hour is open. */
export function hourState(open: OpenQuarters, hour: number): "open" | "partly" | "closed" {
  const count = quartersOf(hour).filter((quarter) => open.has(quarter)).length;
  return count === 4 ? "open" : count > 0 ? "partly" : "closed";
}

/** Closes an open hour, opens any other one. */
export function toggleHour(open: OpenQuarters, hour: number): Set<number> {
  const next = new Set(open);
  const close = hourState(open, hour) === "open";
  for (const quarter of quartersOf(hour)) {
    if (close) next.delete(quarter);
    else next.add(quarter);
  }
  return next;
}

/** The days of the editor from that of `now`; hours that are over are left out. */
export function editorDays(now: number, count: number, open: OpenQuarters): EditorDay[] {
  const today = localDay(now);
  return Array.from({ length: count }, (_, offset) => {
    const day = shiftDay(today, offset);
    const start = dayStart(day);
    const date = new Date(start * 1000);
    const hours = Array.from(
      { length: 24 },
      (_, hour) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), hour).getTime() / 1000,
    );
    const offered = hours.filter(
      (at, hour) => at + 3600 > now && ((hour >= FIRST_HOUR && hour <= LAST_HOUR) || hourState(open, at) !== "closed"),
    );
    return { day, start, hours: [...new Set(offered)] };
  });
}

/** Opens 9 to 17 on weekdays that have nothing open yet. */
export function fillWeekdays(days: readonly EditorDay[], open: OpenQuarters): Set<number> {
  let next: Set<number> = new Set(open);
  for (const { start, hours } of days) {
    const weekday = new Date(start * 1000).getDay();
    if (weekday === 0 || weekday === 6 || hours.some((hour) => hourState(open, hour) !== "closed")) continue;
    for (const hour of hours) {
      const clock = new Date(hour * 1000).getHours();
      if (clock >= 9 && clock < 17) next = toggleHour(next, hour);
    }
  }
  return next;
}
