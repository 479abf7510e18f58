import { sameAddress } from "@chartkey/sdk";
import { categories, type Actor } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConnection } from "wagmi";
import { Notice } from "../../components/Notice.tsx";
import type { Chart } from "../../lib/chart/useChart.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { asking } from "../../lib/patient/asked.ts";
import { visitScope } from "../../lib/patient/terms.ts";
import { useReaders } from "../../lib/patient/useReaders.ts";
import { answerable, letterOf, type Participant, type Thread } from "./lib/threads.ts";
import { ReplyForm } from "./ReplyForm.tsx";
import { useIsOwn } from "./useCorrespondence.ts";

/** Masks of categories that whoever is written to needs, and whoever is to see the patient as well. */
const letters = 1 << categories.correspondence;
const letterScope = { read: letters, write: letters };
const referredScope = { read: visitScope.read | letters, write: visitScope.write | letters };

interface AnswerProps {
  readonly chart: Chart;
  readonly thread: Thread;
  /** Whose chart it is to the writer. */
  readonly whose: "own" | "patient";
  /** As records name the patient, and the writer. */
  readonly subject: Actor;
  readonly author: Actor;
}

/** The way to answer a conversation: to everybody in it, or why there is none. */
export function Answer({ chart: { patient }, thread, whose, subject, author }: AnswerProps) {
  const { t } = useTranslation("messages");
  const locale = useLocale();
  const { address } = useConnection();
  const readers = useReaders(patient);
  const answered = answerable(thread, useIsOwn(patient));
  const others = thread.participants.filter(({ account }) => !account || !address || !sameAddress(account, address));
  const isShutOut = ({ account }: Participant) =>
    account !== undefined && readers !== undefined && !readers.some((reader) => sameAddress(reader, account));
  const shutOut = whose === "own" ? others.filter(isShutOut) : [];
  const isReferred = thread.messages.some(({ item }) => letterOf(item)?.resourceType === "ServiceRequest");
  const recipients = whose === "own" ? others : [{ account: patient, name: subject.display ?? patient }, ...others];
  if (answered === undefined || recipients.length === 0)
    return <p className="ck-2 ck-rule-t">{t(answered ? "answer.nobody" : "answer.unopened")}</p>;
  return (
    <>
      {shutOut.length > 0 && (
        <Notice
          className="mt-4"
          tone="warn"
          title={t("answer.shutOut", {
            names: formatList(
              shutOut.map(({ name }) => name),
              locale,
            ),
          })}
          action={shutOut.map(({ account, name }) => (
            <Link
              key={name}
              className="d-block"
              to="/patient/access/new"
              state={account && asking(patient, { doctor: account, ...(isReferred ? referredScope : letterScope) })}
            >
              {t("answer.giveTo", { name })}
            </Link>
          ))}
        >
          {t(isReferred ? "answer.referredText" : "answer.shutOutText")}
        </Notice>
      )}
      {shutOut.length < recipients.length && (
        <ReplyForm
          {...{ patient, whose, subject, author, answered }}
          threadKey={thread.key}
          title={thread.title ?? t("untitled")}
          recipients={recipients.filter((one) => !shutOut.includes(one))}
        />
      )}
    </>
  );
}
