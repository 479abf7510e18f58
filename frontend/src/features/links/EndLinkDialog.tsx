import type { OwnHealthLink } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { useEndLink } from "./queries.ts";

interface EndLinkDialogProps {
  readonly link: OwnHealthLink;
  readonly onEnded: () => void;
  readonly onClose: () => void;
}

/** Ends a link for good. */
export function EndLinkDialog({ link, onEnded, onClose }: EndLinkDialogProps) {
  const { t } = useTranslation("links");
  const { run, running, error } = useEndLink();
  const end = () => void run(link).then((ended) => ended && onEnded());
  return (
    <Dialog
      title={t("end.title")}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn btn-primary" disabled={running} onClick={end}>
            {running ? t("end.ending") : t("end.end")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {t("end.keep")}
          </button>
        </>
      }
    >
      <p>
        <bdi className="ck-strong">{link.label ?? t("list.noLabel")}</bdi>
      </p>
      <p>{t("end.text")}</p>
      {error !== null && <ErrorNotice error={error} actions={{ retry: end }} />}
    </Dialog>
  );
}
