import { shareRecord, type OnPhase, type Share, type ShareTerms } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { Honesty } from "../../components/Honesty.tsx";
import { Notice } from "../../components/Notice.tsx";
import { ShareCode } from "../../components/ShareCode.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { sharesKey } from "../../lib/patient/useShares.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { ShareForm } from "./ShareForm.tsx";

export interface ShareDialogProps {
  readonly item: ChartItem;
  readonly title: string;
  readonly onClose: () => void;
}

/** Shares one record with one account until a time, and gives the text that this account opens it by. */
export function ShareDialog({ item: { recordId, index }, title, onClose }: ShareDialogProps) {
  const { t } = useTranslation("control");
  const session = useUnlockedSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const [share, setShare] = useState<Share | null>(null);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, terms: ShareTerms) => {
        const unlocked = required(session);
        setShare(await shareRecord(unlocked, { recordId, index }, terms, onPhase));
        await Promise.all([client.invalidateQueries({ queryKey: sharesKey(unlocked.chain.id) }), refresh()]);
      },
      [client, index, recordId, refresh, session],
    ),
  );
  return (
    <Dialog title={t(share ? "share.done" : "share.title")} onClose={onClose}>
      {share ? (
        <div className="d-grid gap-4">
          <Notice icon="checkCircle" live="status">
            {t("share.doneText")}
          </Notice>
          <ShareCode code={share.code} />
          <div className="ck-actions">
            <button type="button" className="btn btn-plain" onClick={onClose}>
              {t("common:action.close")}
            </button>
          </div>
        </div>
      ) : (
        <>
          <Honesty does={t("share.does")} cannot={t("share.cannot")} stays={t("share.stays")} />
          <ShareForm title={title} action={action} onCancel={onClose} />
        </>
      )}
    </Dialog>
  );
}
