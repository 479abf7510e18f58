import type { KeptDraft } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";

/** What a draft is, in a few words, for lists and sentences: its text is sealed. */
export function useDraftTitle(): (draft: KeptDraft) => string {
  const { t } = useTranslation("waiting");
  const words = useCategoryWords();
  return ({ kind, categories }) => t(`kind.${kind}`, { categories: words(categories) });
}
