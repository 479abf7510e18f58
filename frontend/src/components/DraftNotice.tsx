import { useTranslation } from "react-i18next";
import { Notice } from "./Notice.tsx";

interface DraftNoticeProps {
  /** Whether what was typed before was put back. */
  readonly restored: boolean;
  readonly onClear: () => void;
}

/** Says that a form begins with what was typed before, and offers to begin anew. */
export function DraftNotice({ restored, onClear }: DraftNoticeProps) {
  const { t } = useTranslation();
  if (!restored) return null;
  return (
    <Notice
      className="mb-4"
      live="status"
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={onClear}>
          {t("draft.clear")}
        </button>
      }
    >
      {t("draft.restored")}
    </Notice>
  );
}
