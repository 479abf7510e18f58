import { useTranslation } from "react-i18next";
import { categoriesOf } from "./categories.ts";
import { formatList } from "./list.ts";
import { useLocale } from "../i18n/useLocale.ts";

/** The categories of a mask as they stand inside a sentence: "results, medication and diagnoses". */
export function useCategoryWords(): (mask: number) => string {
  const { t } = useTranslation("access");
  const locale = useLocale();
  return (mask) =>
    formatList(
      categoriesOf(mask).map((category) => t(`inSentence.${category}`)),
      locale,
    );
}
