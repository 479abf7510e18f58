import { cancelOwnOrder, type OnPhase, type Order } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "confirming", "mining"] as const;

interface CancelDialogProps {
  readonly order: Order;
  /** What is prescribed, in words. */
  readonly medicines: string;
  readonly onClose: () => void;
}

/** Cancels a prescription as its holder: one sentence, one signature. */
export function CancelDialog({ order, medicines, onClose }: CancelDialogProps) {
  const { t } = useTranslation("prescriptions");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        // Also when it failed: somebody else may have cancelled it, or handed out what was left.
        const refresh = () => client.invalidateQueries({ queryKey: ["orders"] });
        await cancelOwnOrder(required(session), order, onPhase).finally(refresh);
      },
      [client, order, session],
    ),
  );
  return (
    <Dialog title={t("cancel.title")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="cancel.sentence" values={{ medicines }} components={{ b: <strong /> }} />}
        limit={t("cancel.limit")}
        label={t("cancel.sign")}
        state={action}
        onRun={() => void action.run().then((done) => done && onClose())}
        onReset={action.reset}
        phases={phases}
        stop
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancel.keep")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
