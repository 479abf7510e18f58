import { useTranslation } from "react-i18next";
import { useLocale } from "../lib/i18n/useLocale.ts";

/** How many records of each category there are: rows of a `ck-def` list. */
export function CategoryCounts({ categories }: { readonly categories: readonly number[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const counts = new Map<number, number>();
  for (const category of categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .sort(([left], [right]) => left - right)
    .map(([category, count]) => (
      <div key={category} className="ck-def-row">
        <dt>{t(`category.${category}`)}</dt>
        <dd className="ck-tnum">{count.toLocaleString(locale)}</dd>
      </div>
    ));
}
