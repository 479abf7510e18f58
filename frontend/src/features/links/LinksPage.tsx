import type { OwnHealthLink } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Honesty } from "../../components/Honesty.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { EndLinkDialog } from "./EndLinkDialog.tsx";
import { LinkForm } from "./LinkForm.tsx";
import { LinkPaper } from "./LinkPaper.tsx";
import { LinkRow } from "./LinkRow.tsx";
import { RenewLinkDialog } from "./RenewLinkDialog.tsx";
import { useLinks, useMakeLink, type MadeLink } from "./queries.ts";

/** Links by which somebody without an account reads a part of the chart. */
export default function LinksPage() {
  const { t } = useTranslation("links");
  const { made, close, ...action } = useMakeLink();
  const [shown, setShown] = useState<MadeLink | null>(null);
  const link = shown ?? made;
  const done = () => {
    setShown(null);
    close();
    action.reset();
  };
  return (
    <Page title={t("title")} narrow ownHeading>
      <div className="ck-noprint">
        <BackLink to="/patient/access">{t("back")}</BackLink>
        <h1 tabIndex={-1}>{t("title")}</h1>
        <p className="ck-2 mt-2 mb-4 ck-measure">{t("intro")}</p>
      </div>
      {link ? (
        <LinkPaper link={link} onClose={done} />
      ) : (
        <>
          <Honesty does={t("does")} cannot={t("cannot")} stays={t("stays")} />
          <LinkForm action={action} />
        </>
      )}
      <div className="ck-noprint">
        <LinkList onShow={setShown} onEnded={({ name }) => name === link?.name && done()} />
      </div>
    </Page>
  );
}

interface LinkListProps {
  readonly onShow: (link: MadeLink) => void;
  readonly onEnded: (link: OwnHealthLink) => void;
}

function LinkList({ onShow, onEnded }: LinkListProps) {
  const { t } = useTranslation("links");
  const { data, error, refetch } = useLinks();
  const [ending, setEnding] = useState<OwnHealthLink | null>(null);
  const [renewing, setRenewing] = useState<OwnHealthLink | null>(null);
  const show = ({ name, text, label, exp, passcode }: OwnHealthLink) => {
    if (text === undefined) return;
    onShow({ name, text, label, exp, hasPasscode: passcode });
    window.scrollTo(0, 0);
  };
  const ended = (link: OwnHealthLink) => {
    setEnding(null);
    onEnded(link);
  };
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("list.title")}</h2>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} form={false} />}
      {!data && !error && <Loading />}
      {data?.silent.map(({ store }) => (
        <Notice key={store} className="mb-3" tone="warn">
          {t("list.silent", { store: new URL(store).host })}
        </Notice>
      ))}
      {data?.links.length === 0 && data.silent.length === 0 && <p className="ck-2">{t("list.empty")}</p>}
      {data && data.links.length > 0 && (
        <ul className="ck-list">
          {data.links.map((link) => (
            <LinkRow
              key={link.name}
              link={link}
              onShow={() => show(link)}
              onRenew={() => setRenewing(link)}
              onEnd={() => setEnding(link)}
            />
          ))}
        </ul>
      )}
      {renewing && <RenewLinkDialog link={renewing} onClose={() => setRenewing(null)} />}
      {ending && <EndLinkDialog link={ending} onEnded={() => ended(ending)} onClose={() => setEnding(null)} />}
    </section>
  );
}
