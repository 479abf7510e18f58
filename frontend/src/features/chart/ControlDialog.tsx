import { eraseRecord, hideRecord, showRecord, type OnPhase, type RemovalReport as Removed } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { Honesty } from "../../components/Honesty.tsx";
import { Removals } from "../../components/Removals.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;
const works = { hide: hideRecord, show: showRecord, erase: eraseRecord } as const;
const MEDICATION = 4;

export interface ControlDialogProps {
  readonly act: keyof typeof works;
  readonly item: ChartItem;
  readonly title: string;
  /** Lines of the chart that are the same record. */
  readonly parts: number;
  readonly onClose: () => void;
}

/** Hides, shows or erases a record: what is signed, what it cannot do, and afterwards what each store did. */
export function ControlDialog({ act, item, title, parts, onClose }: ControlDialogProps) {
  const { t } = useTranslation("control");
  const session = useUnlockedSession();
  const refresh = useRefreshChart();
  const [files, setFiles] = useState<readonly Removed[] | null>(null);
  const { recordId, index, categories } = item;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        // Also when it was done before: then the chart on the page is old.
        const report = await works[act](required(session), { recordId, index }, onPhase).finally(refresh);
        setFiles(report.files);
      },
      [act, index, recordId, refresh, session],
    ),
  );
  if (files)
    return (
      <Dialog title={t(`${act}.done`)} onClose={onClose}>
        <Removals files={files} failedText={t(`${act}.failed`)} onClose={onClose}>
          {t(`${act}.doneText`)}
        </Removals>
      </Dialog>
    );
  return (
    <Dialog title={t(`${act}.title`)} onClose={onClose}>
      <Honesty does={t(`${act}.does`)} cannot={t(`${act}.cannot`)} stays={t(`${act}.stays`)} />
      {parts > 1 && <p className="ck-measure">{t("parts", { number: parts })}</p>}
      {act === "erase" && categories.includes(MEDICATION) && <p className="ck-measure">{t("erase.prescription")}</p>}
      <SignedAction
        sentence={<Trans t={t} i18nKey={`${act}.sentence`} values={{ title }} components={{ b: <strong /> }} />}
        limit={t(`${act}.limit`)}
        label={t(`${act}.sign`)}
        state={action}
        onRun={() => void action.run()}
        onReset={action.reset}
        phases={phases}
        stop={act === "erase"}
      >
        <button type="button" className="btn btn-quiet" onClick={onClose}>
          {t("cancel")}
        </button>
      </SignedAction>
    </Dialog>
  );
}
