import { useTranslation } from "react-i18next";
import { useUnreadCount } from "../../features/messages/useCorrespondence.ts";
import { useNewReaderCount } from "../../lib/patient/useFirstAccesses.ts";
import type { Counted } from "../../routes/navigation.ts";

/** How many of these are new, beside the place where they are; nothing when none is. */
export function NewCount({ of }: { readonly of: readonly Counted[] }) {
  const { t } = useTranslation(["messages", "overview"]);
  const counts = { messages: useUnreadCount(), readers: useNewReaderCount() };
  const fresh = of.filter((counted) => counts[counted] > 0);
  if (fresh.length === 0) return null;
  const words = { messages: "messages:newCount", readers: "overview:firstAccess.count" } as const;
  return (
    <>
      <span className="ck-count" aria-hidden="true">
        {fresh.reduce((sum, counted) => sum + counts[counted], 0)}
      </span>
      <span className="visually-hidden">
        {fresh.map((counted) => t(words[counted], { count: counts[counted] })).join(t("common:comma"))}
      </span>
    </>
  );
}
