import { useTranslation } from "react-i18next";
import type { OpenedContent } from "./queries.ts";

/** How much a link opens, and what of the choice is left out. */
export function LinkContentNotes({ content: { shown, unreadable, files } }: { readonly content: OpenedContent }) {
  const { t } = useTranslation(["links", "chart"]);
  return (
    <>
      <p className="mb-1">{t("made.holds", { count: shown })}</p>
      {unreadable > 0 && <p className="mb-1">{t("chart:takeout.made.unreadable", { count: unreadable })}</p>}
      {files > 0 && <p className="mb-1">{t("chart:takeout.made.files", { count: files })}</p>}
    </>
  );
}
