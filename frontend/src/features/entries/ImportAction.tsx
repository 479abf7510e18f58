import { accountOf, MAX_BATCH, Pace, RecordImport, type OnPhase, type Paced } from "@chartkey/sdk";
import type { ScannedFile } from "@chartkey/sdk/records";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { PaceBar } from "../../components/PaceBar.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "uploading", "confirming", "mining"] as const;

/** Publishes what a file holds: one signature for each thousand entries, or 32 MB of them, or 256 MB of large files in them. What is in the chart already is not added again. */
export function ImportAction({ result }: { readonly result: ScannedFile }) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const [pace, setPace] = useState<Paced | null>(null);
  // Trying again after a failure goes on where it was.
  const importing = useMemo(() => session && new RecordImport(session, accountOf(session), result), [session, result]);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const watch = new Pace();
        const onDone = (done: number, total: number) => setPace(watch.at(done, total));
        await required(importing).run({ onPhase, onDone, isKept });
        await refresh();
      },
      [importing, refresh],
    ),
  );
  async function add() {
    if (await action.run()) void navigate("/patient/chart");
  }
  const { length } = result.categories;
  const format = (count: number) => Math.round(count).toLocaleString(locale);
  const number = format(length);
  const signatures = format(Math.ceil(length / MAX_BATCH));
  const left = pace === null ? 0 : pace.total - pace.done;
  return (
    <div className="d-grid gap-3">
      <SignedAction
        sentence={t("file.sentence", { number })}
        limit={t("file.limit", { signatures })}
        label={t("file.action", { number })}
        state={action}
        onRun={() => void add()}
        onReset={action.reset}
        phases={phases}
      >
        {isKept(action.error) && left > 0 && (
          <button type="button" className="btn btn-plain" onClick={() => void add()}>
            {t("file.rest", { number: format(left) })}
          </button>
        )}
      </SignedAction>
      {action.phase === "uploading" && action.running && pace && (
        <PaceBar label={t("file.stored")} pace={pace} format={format} />
      )}
    </div>
  );
}
