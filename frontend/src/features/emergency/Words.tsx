import { readJustification, readReport, type Emergency, type UnlockedSession } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loading } from "../../components/Loading.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

const readers = {
  reason: readJustification as (session: UnlockedSession, emergency: Emergency) => Promise<string | undefined>,
  report: readReport,
};

/** What says that a letter was not for this reader, rather than that something failed. */
const NOT_FOR_US = /^(NO_ACCESS|STORE_FORBIDDEN|STORE_NOT_FOUND|CRYPTO_OPEN_FAILED)$/;

export interface WordsProps {
  readonly emergency: Emergency;
  readonly kind: "reason" | "report";
}

/** Why a doctor opened an emergency, or what the reviewer wrote, opened with the reader's key. */
export function Words({ emergency, kind }: WordsProps) {
  const { t } = useTranslation("emergency");
  const session = useUnlockedSession();
  const { hospital, number } = emergency;
  const reader = [session?.wallet.account.address ?? null, session?.account ?? null];
  const { data, error, refetch } = useQuery({
    queryKey: ["emergencies", session?.chain.id ?? 0, kind, reader, hospital, number],
    queryFn: async () => (await readers[kind](required(session), emergency)) ?? "",
    enabled: session !== null,
    staleTime: Infinity,
    ...plaintext,
  });
  if (error)
    return NOT_FOR_US.test(errorCode(error).code) ? (
      <p className="ck-2 mb-0">{t(`${kind}.unreadable`)}</p>
    ) : (
      <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} />
    );
  if (data === undefined) return <Loading />;
  return (
    <p className="ck-message" dir="auto">
      {data || t(`${kind}.none`)}
    </p>
  );
}
