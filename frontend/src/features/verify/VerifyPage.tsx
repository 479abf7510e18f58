import { isOrderCode, verifyOrder } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CodeReader } from "../../components/CodeReader.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { fragmentText } from "../../lib/fragment/fragment.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { VerifiedView } from "./VerifiedView.tsx";

const opened = fragmentText();

function useVerified(text: string | null) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "verified", text],
    queryFn: () => verifyOrder(required(session), text ?? ""),
    enabled: session !== null && text !== null,
    retry: false,
  });
}

/** Says without a wallet whether a prescription is genuine, by its public code: from a printed link, scanned or pasted. */
export default function VerifyPage() {
  const { t } = useTranslation("verify");
  const text = opened.useText();
  const secret = text !== null && isOrderCode(text);
  const { data, error, isLoading, refetch } = useVerified(secret ? null : text);
  const another = (
    <button type="button" className="btn btn-plain" onClick={() => opened.keep(null)}>
      {t("another")}
    </button>
  );
  return (
    <Page title={t("title")} narrow {...(data ? { actions: another } : {})}>
      {secret && (
        <Notice tone="bad" className="mt-4" title={t("secret")} live="alert">
          {t("secretText")}
        </Notice>
      )}
      {error && (
        <div className="mt-4">
          <ErrorNotice error={error} actions={{ retry: () => void refetch(), back: () => opened.keep(null) }} />
        </div>
      )}
      {isLoading && <Loading what={t("checking")} />}
      {data ? (
        <VerifiedView verified={data} />
      ) : (
        !isLoading && (
          <>
            <p className="ck-2 mt-2 mb-4">{t("intro")}</p>
            <CodeReader label={t("label")} action={t("check")} onText={(found) => opened.keep(found.trim())} />
          </>
        )
      )}
    </Page>
  );
}
