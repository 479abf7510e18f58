import { useTranslation } from "react-i18next";
import { useUnreadCount } from "./useCorrespondence.ts";

/** How many messages are new, beside the place where they are; nothing when none is. */
export function UnreadCount() {
  const { t } = useTranslation("messages");
  const count = useUnreadCount();
  if (count === 0) return null;
  return (
    <>
      <span className="ck-count" aria-hidden="true">
        {count}
      </span>
      <span className="visually-hidden">{t("newCount", { count })}</span>
    </>
  );
}
