import { useTranslation } from "react-i18next";
import { formatClock, formatDate, formatDateTime } from "../lib/format/time.ts";

export interface TimeProps {
  /** Unix seconds. */
  readonly seconds: number;
  /** full: date in words with the time, as in anything signed. */
  readonly show?: "full" | "short" | "date" | "clock";
}

/** A moment in the reader's language and time zone. */
export function Time({ seconds, show = "full" }: TimeProps) {
  const { i18n } = useTranslation();
  const locale = i18n.language;
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
