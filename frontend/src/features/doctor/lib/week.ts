import type { Visit, VisitState } from "@chartkey/sdk";
import { dayStart, localDay, shiftDay } from "./days.ts";

/** Days of a week, each a local day. */
const DAYS = 7;
const MONDAY = 1;

/** A visit that takes no time any more. */
const OVER: readonly VisitState[] = ["cancelled", "declined", "rescheduled", "expired"];

interface WeekInfo {
  getWeekInfo?(): { readonly firstDay: number };
}

/** The local days of the week that a day is in, from the first one that the reader's calendar has. */
export function weekOf(day: string, locale: string): readonly string[] {
  const first = (new Intl.Locale(locale) as Intl.Locale & WeekInfo).getWeekInfo?.().firstDay ?? MONDAY;
  const weekday = new Date(dayStart(day) * 1000).getDay();
  const begin = shiftDay(day, -((weekday - first + DAYS) % DAYS));
  return Array.from({ length: DAYS }, (_, index) => shiftDay(begin, index));
}

/** The visits of these days that take time, in the order of their begin. */
export function visitsIn(days: readonly string[], visits: readonly Visit[]): readonly Visit[] {
  return visits
    .filter(({ start, state }) => days.includes(localDay(start)) && !OVER.includes(state))
    .sort((left, right) => left.start - right.start);
}

/** The hour of the local day at which something begins. */
export const hourOf = (seconds: number) => new Date(seconds * 1000).getHours();

/** Every hour from the first to the last one in which a visit begins. */
export function hoursOf(visits: readonly Visit[]): readonly number[] {
  const hours = visits.map(({ start }) => hourOf(start));
  if (hours.length === 0) return [];
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index);
}
