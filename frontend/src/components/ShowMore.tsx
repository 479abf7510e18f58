import { useTranslation } from "react-i18next";
import { useLocale } from "../lib/i18n/useLocale.ts";

interface ShowMoreProps {
  readonly shown: number;
  readonly total: number;
  readonly onMore: () => void;
}

/** Under the first lines of a long list: how many there are, and a way to the next; nothing under a list that is whole. */
export function ShowMore({ shown, total, onMore }: ShowMoreProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (shown >= total) return null;
  return (
    <button type="button" className="btn btn-plain btn-sm mt-3" onClick={onMore}>
      {t("showMore", { shown: shown.toLocaleString(locale), total: total.toLocaleString(locale) })}
    </button>
  );
}
