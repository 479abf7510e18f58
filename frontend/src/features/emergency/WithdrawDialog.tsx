import { withdrawSet, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "confirming", "mining"] as const;

/** Withdraws the set: one sentence, one signature. */
export function WithdrawDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("card");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        await withdrawSet(unlocked, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
  return (
    <Dialog title={t("withdraw.title")} onClose={onClose}>
      <SignedAction
        sentence={t("withdraw.sentence")}
        limit={t("withdraw.limit")}
        label={t("withdraw.sign")}
        state={action}
        onRun={() => void action.run().then((done) => done && onClose())}
        onReset={action.reset}
        phases={phases}
        stop
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancel")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
