import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import type { ActionState } from "../../lib/session/useAction.ts";

interface ForgetListProps {
  /** What is lost. */
  readonly text: string;
  readonly drop: ActionState & { readonly run: () => Promise<unknown> };
  readonly disabled?: boolean;
}

/** Forgets the list that is kept, once that is confirmed. */
export function ForgetList({ text, drop, disabled = false }: ForgetListProps) {
  const { t } = useTranslation("invitations");
  const [asked, setAsked] = useState(false);
  return (
    <>
      <div>
        <button type="button" className="btn btn-stop" disabled={disabled} onClick={() => setAsked(true)}>
          {t("forget")}
        </button>
      </div>
      {asked && (
        <Dialog
          title={t("forget")}
          onClose={() => setAsked(false)}
          footer={
            <>
              <button type="button" className="btn btn-stop" disabled={drop.running} onClick={() => void drop.run()}>
                {t("forget")}
              </button>
              <button type="button" className="btn btn-quiet" onClick={() => setAsked(false)}>
                {t("keep")}
              </button>
            </>
          }
        >
          <p className="mb-0 ck-measure">{text}</p>
          {drop.error !== null && <ErrorNotice error={drop.error} form={false} />}
        </Dialog>
      )}
    </>
  );
}
