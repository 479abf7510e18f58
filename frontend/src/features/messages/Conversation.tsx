import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useChart, type Chart } from "../../lib/chart/useChart.ts";
import type { Thread } from "./lib/threads.ts";
import { MessageCard } from "./MessageCard.tsx";
import { POLL } from "./poll.ts";
import { useMarkRead, useRead } from "./read.ts";
import { useCorrespondence, useUnread } from "./useCorrespondence.ts";

interface ConversationProps {
  readonly chart: Chart;
  /** Of any of its messages. */
  readonly messageKey: string;
  readonly back: { readonly label: string; readonly to: string };
  readonly heading: "h1" | "h2";
  readonly entryPath: (item: ChartItem) => string;
  /** The way to answer, below the messages. */
  readonly children: (thread: Thread) => ReactNode;
}

/** A conversation, oldest message first; whoever opens it has read it on this device. */
export function Conversation({ chart, messageKey, back, heading: Heading, entryPath, children }: ConversationProps) {
  const { t } = useTranslation("messages");
  useChart(chart.patient, POLL);
  const { threads } = useCorrespondence(chart);
  const thread = threads.find(({ messages }) => messages.some(({ item }) => item.key === messageKey));
  const fresh = useFresh(chart, thread);
  if (thread === undefined)
    return (
      <EmptyState kind="noData" level={Heading === "h1" ? 1 : 2} title={t("gone")} text={t("goneText")} action={back} />
    );
  return (
    <>
      <Heading tabIndex={-1}>
        <bdi>{thread.title ?? t("untitled")}</bdi>
      </Heading>
      <ol className="ck-letters" aria-label={t("messages")}>
        {thread.messages.map((message) => (
          <li key={message.item.key}>
            <MessageCard message={message} isNew={fresh.has(message.item.key)} entryPath={entryPath(message.item)} />
          </li>
        ))}
      </ol>
      {children(thread)}
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** What of a conversation was new when it came on the screen: it is marked as that while the page stands, and noted as read at once. */
function useFresh({ patient }: Chart, thread: Thread | undefined): ReadonlySet<string> {
  const unread = useUnread(patient);
  const markRead = useMarkRead(patient);
  const isKnown = useRead(patient) !== undefined;
  const noted = useRef<ReadonlySet<string>>(NONE);
  const [fresh, setFresh] = useState(NONE);
  const keys = thread && isKnown ? unread(thread).map(({ key }) => key) : [];
  const joined = keys.join(" ");
  useEffect(() => {
    const found = joined === "" ? [] : joined.split(" ").filter((key) => !noted.current.has(key));
    if (found.length === 0) return;
    noted.current = new Set([...noted.current, ...found]);
    setFresh(noted.current);
    markRead(found);
  }, [joined, markRead]);
  return fresh;
}
