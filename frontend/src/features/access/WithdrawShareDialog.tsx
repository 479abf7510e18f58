import { withdrawShare, type OnPhase, type RemovalReport, type Share } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { Removals } from "../../components/Removals.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { sharesKey } from "../../lib/patient/useShares.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface WithdrawShareDialogProps {
  readonly share: Share;
  /** What the entry is called, and with whom it is shared. */
  readonly title: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Ends a share before its time: one sentence, one signature, and what each store did. */
export function WithdrawShareDialog({ share, title, name, onClose }: WithdrawShareDialogProps) {
  const { t } = useTranslation("access");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const [files, setFiles] = useState<readonly RemovalReport[] | null>(null);
  const { notice } = share;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        const reload = () =>
          Promise.all([client.invalidateQueries({ queryKey: sharesKey(unlocked.chain.id) }), refresh()]);
        const report = await withdrawShare(unlocked, notice, onPhase).finally(reload);
        setFiles(report.files);
      },
      [client, notice, refresh, session],
    ),
  );
  if (files)
    return (
      <Dialog title={t("shares.withdrawn")} onClose={onClose}>
        <Removals files={files} failedText={t("shares.failed")} onClose={onClose}>
          {t("shares.withdrawnText")}
        </Removals>
      </Dialog>
    );
  return (
    <Dialog title={t("shares.withdrawTitle")} onClose={onClose}>
      <SignedAction
        sentence={<Trans t={t} i18nKey="shares.sentence" values={{ title, name }} components={{ b: <strong /> }} />}
        limit={t("shares.limit")}
        label={t("shares.sign")}
        state={action}
        onRun={() => void action.run()}
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
