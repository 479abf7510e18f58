import { withdrawFees, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { shortHex } from "../lib/format/address.ts";
import { visitsKey } from "../lib/patient/useVisits.ts";
import { required } from "../lib/session/required.ts";
import { useSession } from "../lib/session/session.ts";
import { useAction } from "../lib/session/useAction.ts";
import { Dialog } from "./Dialog.tsx";
import { SignedAction } from "./SignedAction.tsx";

const phases = ["confirming", "mining"] as const;

interface WithdrawFeesDialogProps {
  /** Ether. */
  readonly amount: string;
  readonly onSent: () => void;
  readonly onClose: () => void;
}

/** Sends what was credited to the account to its wallet: one sentence, one signature. */
export function WithdrawFeesDialog({ amount, onSent, onClose }: WithdrawFeesDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const client = useQueryClient();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const acting = required(session);
        await withdrawFees(acting, undefined, onPhase);
        await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
      },
      [client, session],
    ),
  );
  async function send() {
    if (!(await action.run())) return;
    onSent();
    onClose();
  }
  const values = { amount, wallet: session ? shortHex(session.wallet.account.address) : "" };
  return (
    <Dialog title={t("fees.dialog")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="fees.sentence" values={values} components={{ b: <strong /> }} />}
        limit={t("fees.limit")}
        label={t("fees.action")}
        state={action}
        onRun={() => void send()}
        onReset={action.reset}
        phases={phases}
      />
    </Dialog>
  );
}
