import type { KeptDraft } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useResourceTitle } from "../../lib/chart/resourceTitle.ts";
import { formatList } from "../../lib/format/list.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { outboxOf } from "../../lib/session/outbox.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { ownerOf } from "../../lib/session/vault.ts";
import { readDraft } from "./draftContent.ts";

/** What a draft is, in a few words, for lists and sentences: what it calls itself, else its kind and categories. */
export function useDraftTitle(draft: KeptDraft): string {
  const { t } = useTranslation("waiting");
  const locale = useLocale();
  const words = useCategoryWords();
  const titleOf = useResourceTitle();
  const session = useUnlockedSession();
  const { data } = useQuery({
    queryKey: ["draftContent", session && ownerOf(session), draft.id],
    queryFn: () => readDraft(outboxOf(required(session)), required(session), draft),
    enabled: session !== null,
    staleTime: Infinity,
    ...plaintext,
  });
  const titles = data?.resources.map(({ resource, summary }) => titleOf(resource, summary)) ?? [];
  const title = titles.length > 0 ? formatList(titles, locale) : data?.file;
  return title || t(`kind.${draft.kind}`, { categories: words(draft.categories) });
}
