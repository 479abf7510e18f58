import { isCardCode, openCard } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CodeReader } from "../../components/CodeReader.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import { fragmentText } from "../../lib/fragment/fragment.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { thisApp } from "../../lib/session/stores.ts";
import { readable } from "./cardQueries.ts";
import { SetView } from "./SetView.tsx";

const opened = fragmentText();

/** Kept while the page shows it, and no longer: nobody has signed in whose leaving would forget it. */
function useCardSet(text: string | null) {
  const session = useReadSession();
  return useQuery({
    // The card's text is a secret: the page holds one at a time, and the key does not name it.
    queryKey: ["card", session?.chain.id ?? 0],
    queryFn: async () => readable(await openCard(required(session), thisApp(), text ?? "")),
    enabled: session !== null && text !== null,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
}

/** Opens an emergency card without a wallet: from the link in its picture, scanned or pasted. */
export default function OpenCardPage() {
  const { t } = useTranslation("card");
  const text = opened.useText();
  return (
    <Page title={t("open.title")} narrow>
      {text === null ? (
        <>
          <p className="ck-2 mt-2 mb-4 ck-measure">{t("open.intro")}</p>
          <CodeReader label={t("open.label")} action={t("open.action")} onText={(found) => opened.keep(found.trim())} />
        </>
      ) : (
        <Opened key={text} text={text} />
      )}
    </Page>
  );
}

function Opened({ text }: { readonly text: string }) {
  const { t } = useTranslation("card");
  const { data, error, isFetching, refetch } = useCardSet(isCardCode(text) ? text : null);
  const close = () => opened.keep(null);
  if (!isCardCode(text))
    return (
      <Notice
        tone="warn"
        className="mt-4"
        title={t("open.other")}
        live="alert"
        action={
          <button type="button" className="btn btn-plain btn-sm" onClick={close}>
            {t("open.another")}
          </button>
        }
      >
        {t("open.otherText")}
      </Notice>
    );
  if (isFetching) return <Loading what={t("open.opening")} />;
  if (error && errorCode(error).code === "CARD_REPLACED")
    return (
      <Notice
        tone="bad"
        className="mt-4"
        title={t("open.replaced")}
        live="alert"
        action={
          <button type="button" className="btn btn-plain btn-sm" onClick={close}>
            {t("open.another")}
          </button>
        }
      >
        {t("open.replacedText")}
      </Notice>
    );
  if (error)
    return (
      <div className="mt-4">
        <ErrorNotice error={error} actions={{ retry: () => void refetch(), back: close }} />
      </div>
    );
  if (!data) return null;
  return (
    <section aria-label={t("open.result")} role="status">
      <SetView content={data.content} asOf={data.asOf} newer={data.newer} />
      <button type="button" className="btn btn-plain mt-4" onClick={close}>
        {t("open.close")}
      </button>
    </section>
  );
}
