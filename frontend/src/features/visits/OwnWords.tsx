import { openRequest, type Visit } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { readRequest } from "../../lib/chart/request.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

/** What the patient wrote when booking, opened when it is asked for. */
export function OwnWords({ visit, when }: { readonly visit: Visit; readonly when: string }) {
  const { t } = useTranslation("visits");
  const session = useUnlockedSession();
  const [asked, setAsked] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["visits", session?.chain.id ?? 0, "ownWords", session?.wallet.account.address ?? null, visit.request],
    queryFn: async () => readRequest(await openRequest(required(session), visit), await loadValidator()),
    enabled: session !== null && asked,
    staleTime: Infinity,
    ...plaintext,
  });
  // A delegate has booked it, but has no key to read it with.
  if (session === null) return null;
  return (
    <details className="ck-raw mt-2" onToggle={({ currentTarget }) => setAsked(currentTarget.open)}>
      <summary>
        {t("own.show")}
        <span className="visually-hidden"> {t("own.which", { when })}</span>
      </summary>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {asked && !data && !error && <Loading />}
      {data?.problem && <p className="ck-2 mt-2 mb-0">{t("own.unreadable")}</p>}
      {data && !data.problem && data.answers.length === 0 && <p className="ck-2 mt-2 mb-0">{t("own.nothing")}</p>}
      {data && data.answers.length > 0 && (
        <dl className="ck-def mt-2">
          {data.answers.map(({ question, answer }) => (
            <div key={question} className="ck-def-row">
              <dt dir="auto">{question}</dt>
              <dd dir="auto">{answer}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}
