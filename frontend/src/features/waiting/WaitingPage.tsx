import type { KeptDraft } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useWaiting } from "../../lib/session/outbox.ts";
import { DraftRow } from "./DraftRow.tsx";
import { GiveUpDialog } from "./GiveUpDialog.tsx";
import { SendDialog } from "./SendDialog.tsx";

interface Asked {
  readonly act: "send" | "giveUp";
  readonly draft: KeptDraft;
}

/** What the account wrote and is not for certain in a chart: each entry can be sent again or given up. */
export default function WaitingPage() {
  const { t } = useTranslation("waiting");
  const { data, error, refetch } = useWaiting();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState<Asked["act"] | null>(null);
  const ask = (act: Asked["act"], draft: KeptDraft) => {
    setDone(null);
    setAsked({ act, draft });
  };
  const close = () => setAsked(null);
  const finish = (act: Asked["act"]) => {
    setAsked(null);
    setDone(act);
  };
  return (
    <Page title={t("title")} note={t("note")} narrow>
      <div className="d-grid gap-4 mt-4">
        {done && <Notice live="status">{t(`${done}.done`)}</Notice>}
        {error && <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />}
        {!data && !error && <Loading />}
        {data?.length === 0 && <EmptyState kind="noData" title={t("none.title")} text={t("none.text")} />}
        {data && data.length > 0 && (
          <ul className="ck-list" aria-label={t("title")}>
            {data.map((draft) => (
              <DraftRow
                key={draft.id}
                draft={draft}
                onSend={() => ask("send", draft)}
                onGiveUp={() => ask("giveUp", draft)}
              />
            ))}
          </ul>
        )}
        <p className="ck-s ck-2 mb-0 ck-measure">{t("where")}</p>
      </div>
      {asked?.act === "send" && <SendDialog draft={asked.draft} onClose={close} onDone={() => finish("send")} />}
      {asked?.act === "giveUp" && <GiveUpDialog draft={asked.draft} onClose={close} onDone={() => finish("giveUp")} />}
    </Page>
  );
}
