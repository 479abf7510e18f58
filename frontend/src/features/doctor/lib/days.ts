import type { Visit } from "@chartkey/sdk";
/** "2026-11-24": the day of a moment (Unix seconds) on the reader's calendar. */
export function localDay(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Unix seconds at which a local day begins; NaN for a text that is none. */
export function dayStart(day: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return NaN;
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime() / 1000;
}

/** The local day that lies `days` days later, whatever the clocks do in between. */
export function shiftDay(day: string, days: number): string {
  const date = new Date(dayStart(day) * 1000);
  date.setDate(date.getDate() + days);
  return localDay(date.getTime() / 1000);
}

const OPEN: readonly Visit["state"][] = ["requested", "confirmed", "started"];

/** Seconds that a visit which nobody started is still meant. */
const LATE = 24 * 60 * 60;

/** The visit that a moment belongs to: the one that was started, else the next, else the last that took place. */
export function visitAt<V extends Pick<Visit, "state" | "start">>(visits: readonly V[], now: number): V | undefined {
  const ordered = visits.toSorted((left, right) => left.start - right.start);
  return (
    ordered.find(({ state }) => state === "started") ??
    ordered.find(({ state, start }) => OPEN.includes(state) && start + LATE > now) ??
    ordered.findLast(({ state }) => state === "completed")
  );
}
