import { useTranslation } from "react-i18next";
import { useLocale } from "../i18n/useLocale.ts";
import { formatDate, formatDateTime } from "./time.ts";

/**
 * The first second (Unix seconds) at which something does not count any more, as people say it: a midnight on the reader's clock is
 * the end of the day before.
 */
export function useEndTime(): (seconds: number) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (seconds) => {
    const date = new Date(seconds * 1000);
    return date.getHours() + date.getMinutes() + date.getSeconds() === 0
      ? t("endOf", { date: formatDate(seconds - 1, locale) })
      : formatDateTime(seconds, locale);
  };
}
