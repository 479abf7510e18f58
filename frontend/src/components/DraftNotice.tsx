import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "./Notice.tsx";

interface DraftNoticeProps {
  /** Whether what was typed before was put back. */
  readonly restored: boolean;
  readonly onClear: () => void;
}

/** Says that a form begins with what was typed before, and offers to begin anew: asked once more, since nothing brings it back. */
export function DraftNotice({ restored, onClear }: DraftNoticeProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  if (!restored) return null;
  const answer = (clear: boolean) => {
    setAsked(false);
    if (clear) onClear();
  };
  const discard = (
    <div className="ck-actions">
      <button type="button" className="btn btn-stop btn-sm" onClick={() => answer(true)}>
        {t("draft.discard")}
      </button>
      <button type="button" className="btn btn-quiet btn-sm" autoFocus onClick={() => answer(false)}>
        {t("draft.keep")}
      </button>
    </div>
  );
  const begin = (
    <button type="button" className="btn btn-plain btn-sm" onClick={() => setAsked(true)}>
      {t("draft.clear")}
    </button>
  );
  return (
    <Notice className="mb-4" live="status" tone={asked ? "warn" : "plain"} action={asked ? discard : begin}>
      {t(asked ? "draft.ask" : "draft.restored")}
    </Notice>
  );
}
