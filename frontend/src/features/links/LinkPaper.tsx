import { useTranslation } from "react-i18next";
import { CopyField } from "../../components/CopyField.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { QrCode } from "../../components/QrCode.tsx";
import { LinkContentNotes } from "./LinkContentNotes.tsx";
import type { MadeLink } from "./queries.ts";

interface LinkPaperProps {
  readonly link: MadeLink;
  readonly onClose: () => void;
}

/** A link to be scanned, sent or printed: whoever has it, and the passcode if there is one, reads what it opens. */
export function LinkPaper({ link: { text, label, exp, hasPasscode, content }, onClose }: LinkPaperProps) {
  const { t } = useTranslation("links");
  // A phone's camera opens the viewer; a program that knows such links takes what stands behind the #.
  const address = `${window.location.origin}/shl#${text}`;
  return (
    <section aria-label={t("made.title")}>
      <div className="ck-noprint">
        <Notice icon="checkCircle" live="status" title={t(content === undefined ? "made.again" : "made.title")}>
          {content !== undefined && <LinkContentNotes content={content} />}
          <p className="mb-0">{t(hasPasscode ? "made.passcode" : "made.noPasscode")}</p>
        </Notice>
      </div>
      <article className="ck-a5 is-link mt-4">
        <p className="ck-h5">
          <bdi>{label ?? t("list.noLabel")}</bdi>
        </p>
        <QrCode value={address} label={t("made.code")} ecc="M" />
        <p>{t("made.scan")}</p>
        <p className="ck-small">
          {t("made.until")} <EndTime seconds={exp} />
        </p>
      </article>
      <div className="ck-noprint mt-4">
        <CopyField label={t("made.text")} value={address} />
        <p className="form-text">{t("made.secret")}</p>
        <div className="ck-actions mt-3">
          <button type="button" className="btn btn-plain" onClick={() => window.print()}>
            <Icon name="printer" /> {t("made.print")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {t("made.close")}
          </button>
        </div>
      </div>
    </section>
  );
}
