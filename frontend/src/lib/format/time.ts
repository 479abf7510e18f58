import { dateFormat } from "./intl.ts";

/** Locale formats. Times are Unix seconds, as on the chain. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** "30 November 2026, 18:00", in full as in anything that is signed. */
export function formatDateTime(seconds: number, locale: string, style: "full" | "short" = "full"): string {
  return dateFormat(locale, {
    day: "numeric",
    month: style === "full" ? "long" : "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(seconds * 1000);
}

/** "30 November 2026". */
export function formatDate(seconds: number, locale: string): string {
  return dateFormat(locale, { dateStyle: "long" }).format(seconds * 1000);
}

/** "18:00:05". */
export function formatClock(seconds: number, locale: string): string {
  return dateFormat(locale, { timeStyle: "medium" }).format(seconds * 1000);
}

/** What is left until a time, in the two largest units, and when the text changes next (seconds). */
export interface Remaining {
  readonly parts: readonly { readonly value: number; readonly unit: "day" | "hour" | "minute" | "second" }[];
  readonly nextChange: number;
}

/** Splits `left` seconds: days alone from a week on, else at most two units; null when nothing is left. */
export function remaining(left: number): Remaining | null {
  if (left <= 0) return null;
  const days = Math.floor(left / DAY);
  const hours = Math.floor((left % DAY) / HOUR);
  const minutes = Math.floor((left % HOUR) / MINUTE);
  const day = { value: days, unit: "day" } as const;
  const hour = { value: hours, unit: "hour" } as const;
  const minute = { value: minutes, unit: "minute" } as const;
  if (days >= 7) return { parts: [day], nextChange: (left % DAY) + 1 };
  if (days > 0) return { parts: hours > 0 ? [day, hour] : [day], nextChange: (left % HOUR) + 1 };
  if (hours > 0) return { parts: minutes > 0 ? [hour, minute] : [hour], nextChange: (left % MINUTE) + 1 };
  if (minutes > 0) return { parts: [minute], nextChange: (left % MINUTE) + 1 };
  return { parts: [{ value: left, unit: "second" }], nextChange: 1 };
}

/** "7 days", "3 hr, 12 min" in the words of the locale. */
export function formatRemaining({ parts }: Remaining, locale: string): string {
  const words = parts.map(({ value, unit }) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit,
      unitDisplay: parts.length > 1 && unit !== "day" ? "short" : "long",
    }).format(value),
  );
  return new Intl.ListFormat(locale, { type: "unit", style: "narrow" }).format(words);
}
