import type { Outbox, UnlockedSession } from "@chartkey/sdk";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import type { DraftDialogProps } from "./SendDialog.tsx";
import { useDraftTitle } from "./useDraftTitle.ts";
import { useOutboxAction } from "./useOutboxAction.ts";

/** Gives an entry up: says what is lost, asks for no signature, and is refused while the entry may still get into the chart. */
export function GiveUpDialog({ draft, onClose, onDone }: DraftDialogProps) {
  const { t } = useTranslation("waiting");
  const title = useDraftTitle(draft);
  const { id } = draft;
  const giveUp = useCallback((outbox: Outbox, session: UnlockedSession) => outbox.discard(session, id), [id]);
  const action = useOutboxAction(giveUp, onDone);
  return (
    <Dialog
      title={t("giveUp.title")}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn btn-stop" disabled={action.running} onClick={() => void action.run()}>
            {t("giveUp.do")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {t("cancel")}
          </button>
        </>
      }
    >
      <p className="ck-measure">
        <strong>{title}</strong>
      </p>
      <p className="ck-measure mb-0">{t("giveUp.lost")}</p>
      {action.error !== null && (
        <div className="mt-4">
          <ErrorNotice error={action.error} form={false} />
        </div>
      )}
    </Dialog>
  );
}
