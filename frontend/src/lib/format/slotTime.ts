import { dateFormat } from "./intl.ts";

/** "10:40". */
export function formatClockMinutes(seconds: number, locale: string): string {
  return dateFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);
}

/** "Thu, 26 Nov". */
export function formatWeekday(seconds: number, locale: string): string {
  return dateFormat(locale, { weekday: "short", day: "numeric", month: "short" }).format(seconds * 1000);
}
