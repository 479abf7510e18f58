import { useTranslation } from "react-i18next";
import type { ChartItem } from "./items.ts";
import { useResourceTitle } from "./resourceTitle.ts";

/** What an entry is called: its own title, else its kind in words, else that it cannot be told. */
export function useItemTitle(): (item: ChartItem) => string {
  const { t } = useTranslation("records");
  const titleOf = useResourceTitle();
  return ({ summary, resource, file, integrity, categories }) => {
    if (summary && resource) return titleOf(resource, summary);
    if (file) return file.title || t("type.file");
    if (integrity === "verified") return t("type.unknown");
    const [category] = categories;
    return categories.length === 1 ? t(`common:category.${category}`) : t("type.import");
  };
}
