import { useEndTime } from "../lib/format/useEndTime.ts";
import { formatDateTime } from "../lib/format/time.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";

/** Until when something counts, in the reader's language and time zone. */
export function EndTime({ seconds }: { readonly seconds: number }) {
  const locale = useLocale();
  const inWords = useEndTime();
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={formatDateTime(seconds, locale)}>
      {inWords(seconds)}
    </time>
  );
}
