import { accountOf, MAX_BATCH, publishBatch, utf8, type OnPhase } from "@chartkey/sdk";
import { canonicalJson, type ImportResult } from "@chartkey/sdk/records";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "uploading", "confirming", "mining"] as const;

/** Publishes what a file holds: one signature for each thousand entries. */
export function ImportAction({ result: { items } }: { readonly result: ImportResult }) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const [stored, setStored] = useState(0);
  const [left, setLeft] = useState(0);
  // What is on the chain already, or kept: trying again after a failure goes on there and adds nothing twice.
  const published = useRef(0);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        while (published.current < items.length) {
          const begin = published.current;
          const drafts = items.slice(begin, begin + MAX_BATCH).map(({ resource, category }) => ({
            category,
            meta: { contentType: "application/fhir+json" },
            data: utf8(canonicalJson(resource)),
          }));
          const account = accountOf(unlocked);
          const onItem = (done: number) => setStored(begin + done);
          await publishBatch(unlocked, account, drafts, onPhase, onItem).catch((error: unknown) => {
            // What is kept is on its way: only the rest is still to be signed here.
            if (isKept(error)) setLeft(items.length - (published.current += drafts.length));
            throw error;
          });
          published.current = begin + drafts.length;
        }
        await refresh();
      },
      [items, refresh, session],
    ),
  );
  async function add() {
    if (await action.run()) void navigate("/patient/chart");
  }
  const number = items.length.toLocaleString(locale);
  const signatures = Math.ceil(items.length / MAX_BATCH);
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
            {t("file.rest", { number: left.toLocaleString(locale) })}
          </button>
        )}
      </SignedAction>
      {action.phase === "uploading" && action.running && (
        <p className="ck-s ck-2 mb-0 ck-tnum">{t("file.stored", { stored: stored.toLocaleString(locale), number })}</p>
      )}
    </div>
  );
}
