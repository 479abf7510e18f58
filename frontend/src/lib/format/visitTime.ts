import { dateFormat } from "./intl.ts";

/** "Thursday, 26 November 2026 at 10:40", in the reader's own time zone. */
export function formatVisitTime(seconds: number, locale: string): string {
  return dateFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(seconds * 1000);
}
