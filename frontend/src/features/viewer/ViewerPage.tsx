import { decodeHealthLink, hostOfLink, isHealthLinkOver, type HealthLink } from "@chartkey/sdk";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CodeReader } from "../../components/CodeReader.tsx";
import { EndTime } from "../../components/EndTime.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { Time } from "../../components/Time.tsx";
import { fragmentText } from "../../lib/fragment/fragment.ts";
import { AskForm } from "./AskForm.tsx";
import { OpenedFiles } from "./OpenedFiles.tsx";
import { useOpening } from "./useOpening.ts";

const received = fragmentText();

type Read = { readonly link: HealthLink } | { readonly error: unknown };

function read(text: string): Read {
  try {
    return { link: decodeHealthLink(text) };
  } catch (error) {
    return { error };
  }
}

/** Opens a SMART Health Link of any maker, without a wallet: from the link in its picture, scanned or pasted. */
export function ViewerPage() {
  const { t } = useTranslation("viewer");
  const text = received.useText();
  const found = useMemo(() => (text === null ? null : read(text)), [text]);
  const close = () => received.keep(null);
  return (
    <Page title={t("title")} narrow>
      {found === null && (
        <>
          <p className="ck-2 mt-2 mb-4 ck-measure">{t("intro")}</p>
          <CodeReader label={t("label")} action={t("action")} onText={(pasted) => received.keep(pasted.trim())} />
        </>
      )}
      {found !== null && "error" in found && (
        <div className="mt-4">
          <ErrorNotice error={found.error} actions={{ back: close }} />
        </div>
      )}
      {found !== null && "link" in found && <Link key={text} link={found.link} onClose={close} />}
    </Page>
  );
}

function Link({ link, onClose }: { readonly link: HealthLink; readonly onClose: () => void }) {
  // With the words of what it opens, so that nothing hides what was asked when it comes.
  const { t } = useTranslation(["viewer", "records"]);
  const { asking, going, waiting, opened, again } = useOpening(link);
  return (
    <>
      <h2 className="mt-4 mb-3">
        <bdi>{link.label ?? t("unnamed")}</bdi>
      </h2>
      <dl className="ck-def">
        <dt>{t("host")}</dt>
        <dd>
          <bdi dir="ltr">{hostOfLink(link)}</bdi>
        </dd>
        {link.exp !== undefined && (
          <>
            <dt>{t("until")}</dt>
            <dd>{isHealthLinkOver(link) ? t("over") : <EndTime seconds={link.exp} />}</dd>
          </>
        )}
      </dl>
      {opened === null && waiting === null && <AskForm link={link} action={asking} onClose={onClose} />}
      {waiting !== null && (
        <>
          <Notice
            className="mt-4"
            tone="warn"
            title={t("elsewhere")}
            live="status"
            action={
              <button
                type="button"
                className="btn btn-plain btn-sm"
                disabled={going.running}
                onClick={() => void going.run(waiting)}
              >
                {t("continue")}
              </button>
            }
          >
            <bdi>{t("elsewhereText", { hosts: waiting.otherHosts.join(" · ") })}</bdi>
          </Notice>
          {going.error !== null && (
            <ErrorNotice error={going.error} actions={{ retry: () => void going.run(waiting), back: onClose }} />
          )}
        </>
      )}
      {opened !== null && (
        <>
          {opened.mayChange && (
            <div className="d-flex flex-wrap gap-3 mt-4 align-items-center">
              <p className="mb-0 me-auto" role="status">
                {t("mayChange")} <Time seconds={opened.time} />
              </p>
              <button
                type="button"
                className="btn btn-plain btn-sm"
                disabled={asking.running || again === null}
                onClick={() => again?.()}
              >
                {t(asking.running ? "asking" : "again")}
              </button>
            </div>
          )}
          {asking.error !== null && <ErrorNotice error={asking.error} actions={{ back: onClose }} />}
          <OpenedFiles key={opened.time} opened={opened} />
          <button type="button" className="btn btn-plain mt-4" onClick={onClose}>
            {t("close")}
          </button>
        </>
      )}
    </>
  );
}
