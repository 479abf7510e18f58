import { formatClock, formatDate, formatDateTime } from "../lib/format/time.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";

export interface TimeProps {
  /** Unix seconds. */
  readonly seconds: number;
  /** full: date in words with the time, as in anything signed. */
  readonly show?: "full" | "short" | "date" | "clock";
}

/** A moment in the reader's language and time zone. */
export function Time({ seconds, show = "full" }: TimeProps) {
  const locale = useLocale();
  const text =
    show === "clock"
      ? formatClock(seconds, locale)
      : show === "date"
        ? formatDate(seconds, locale)
        : formatDateTime(seconds, locale, show);
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={formatDateTime(seconds, locale)}>
      {text}
    </time>
  );
}
