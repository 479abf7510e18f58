import type { KeptDraft, OnPhase, Outbox, UnlockedSession } from "@chartkey/sdk";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { useDraftTitle } from "./useDraftTitle.ts";
import { useIsOwnChart } from "./useIsOwnChart.ts";
import { useOutboxAction } from "./useOutboxAction.ts";

const phases = ["checking", "uploading", "confirming", "mining"] as const;

export interface DraftDialogProps {
  readonly draft: KeptDraft;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sends an entry that waits: one sentence and one signature, unless the chart has it already. */
export function SendDialog({ draft, onClose, onDone }: DraftDialogProps) {
  const { t } = useTranslation("waiting");
  const title = useDraftTitle(draft);
  const own = useIsOwnChart()(draft);
  const { id } = draft;
  const send = useCallback(
    (outbox: Outbox, session: UnlockedSession, onPhase: OnPhase) => outbox.retry(session, id, { onPhase }),
    [id],
  );
  const action = useOutboxAction(send, onDone);
  return (
    <Dialog title={t("send.title")} onClose={onClose}>
      <SignedAction
        sentence={
          <Trans
            t={t}
            i18nKey={own ? "send.ownSentence" : "send.sentence"}
            values={{ title, account: shortHex(draft.patient) }}
            components={{ b: <strong />, chart: <bdi className="ck-mono" /> }}
          />
        }
        limit={t("send.limit")}
        label={t("send.sign")}
        state={action}
        onRun={() => void action.run()}
        onReset={action.reset}
        phases={phases}
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancel")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
