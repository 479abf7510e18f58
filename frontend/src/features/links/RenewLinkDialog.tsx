import type { OwnHealthLink } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { ContentPicker, NOTHING, choiceOf } from "./ContentPicker.tsx";
import { LinkContentNotes } from "./LinkContentNotes.tsx";
import { useRenewLink } from "./queries.ts";

interface RenewLinkDialogProps {
  readonly link: OwnHealthLink;
  readonly onClose: () => void;
}

/** Replaces what a link opens. Nothing is picked at first: what it opened until now is not known here, and may have been less. */
export function RenewLinkDialog({ link, onClose }: RenewLinkDialogProps) {
  const { t } = useTranslation(["links", "records", "chart"]);
  const [picked, setPicked] = useState(NOTHING);
  const { run, running, error, content } = useRenewLink();
  const choice = choiceOf(picked);
  const renew = () => {
    if (choice !== null) void run(link, choice);
  };
  return (
    <Dialog
      title={t("renew.title")}
      onClose={onClose}
      footer={
        content === null ? (
          <>
            <button type="button" className="btn btn-primary" disabled={running || choice === null} onClick={renew}>
              {running ? t("form.making") : t("renew.renew")}
            </button>
            <button type="button" className="btn btn-quiet" onClick={onClose}>
              {t("renew.keep")}
            </button>
          </>
        ) : (
          <button type="button" className="btn btn-primary" onClick={onClose}>
            {t("made.close")}
          </button>
        )
      }
    >
      <p>
        <bdi className="ck-strong">{link.label ?? t("list.noLabel")}</bdi>
      </p>
      {content === null ? (
        <>
          <p>{t("renew.text")}</p>
          <fieldset className="ck-fields" disabled={running}>
            <ContentPicker value={picked} onChange={setPicked} />
          </fieldset>
          {error !== null && <ErrorNotice error={error} actions={{ retry: renew, back: onClose }} />}
        </>
      ) : (
        <div role="status">
          <p className="mb-1">{t("renew.done")}</p>
          <LinkContentNotes content={content} />
        </div>
      )}
    </Dialog>
  );
}
