import { useCallback, useId } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { saveText } from "../../lib/download.ts";
import { useAction } from "../../lib/session/useAction.ts";
import type { ChainLog } from "./EventList.tsx";
import { eventTable } from "./lib/eventTable.ts";
import { useAudit } from "./useAudit.ts";

interface HistoryToolsProps {
  /** Kinds of events that there are. */
  readonly kinds: readonly string[];
  /** The one that is shown; empty for all. */
  readonly kind: string;
  readonly onKind: (kind: string) => void;
  /** What is shown, and saved. */
  readonly logs: readonly ChainLog[];
}

/** Chooses which events are shown, and saves them as a table. */
export function HistoryTools({ kinds, kind, onKind, logs }: HistoryToolsProps) {
  const { t } = useTranslation("explorer");
  const { client, deployment } = useAudit();
  const id = useId();
  const { run, running, error } = useAction(
    useCallback(async () => {
      await saveText("events.csv", () => eventTable(client, deployment, logs));
    }, [client, deployment, logs]),
  );
  const save = () => void run();
  return (
    <>
      <div className="d-flex flex-wrap align-items-end gap-4 mb-3">
        <div>
          <label className="form-label" htmlFor={id}>
            {t("history.kind")}
          </label>
          <select id={id} className="form-select" value={kind} onChange={({ target }) => onKind(target.value)}>
            <option value="">{t("history.all")}</option>
            {kinds.map((each) => (
              <option key={each} value={each} dir="ltr">
                {each}
              </option>
            ))}
          </select>
        </div>
        <button type="button" className="btn btn-plain" disabled={running || logs.length === 0} onClick={save}>
          {t("history.save")}
        </button>
      </div>
      {error !== null && <ErrorNotice error={error} actions={{ retry: save }} />}
    </>
  );
}
