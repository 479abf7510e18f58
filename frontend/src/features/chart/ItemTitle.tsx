import { useTranslation } from "react-i18next";
import { useCodeWords } from "../../lib/chart/codeWords.ts";
import type { ChartItem } from "../../lib/chart/items.ts";

/** Without words of their own, these are called by bare codes. */
const CODED = ["Claim", "ExplanationOfBenefit"];

/** What an entry is called: its own title, else its kind in words, else that it cannot be told. */
export function useItemTitle(): (item: ChartItem) => string {
  const { t } = useTranslation("records");
  const inWords = useCodeWords();
  return ({ summary, resource, file, integrity, categories }) => {
    if (summary && resource) {
      const { resourceType } = resource;
      if (summary.title === resourceType) return t([`type.${resourceType}`, "type.other"], { type: resourceType });
      return CODED.includes(resourceType) ? inWords(summary.title) : summary.title;
    }
    if (file) return file.title || t("type.file");
    if (integrity === "verified") return t("type.unknown");
    const [category] = categories;
    return categories.length === 1 ? t(`common:category.${category}`) : t("type.import");
  };
}
