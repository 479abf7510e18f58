import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName } from "../../components/AccountName.tsx";
import { EmptyState, type EmptyAction } from "../../components/EmptyState.tsx";
import { IntegrityMark } from "../../components/IntegrityMark.tsx";
import { Time } from "../../components/Time.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useChart, type Chart } from "../../lib/chart/useChart.ts";
import { Limits } from "./Limits.tsx";
import { POLL } from "./poll.ts";
import { useMarkRead } from "./read.ts";
import { ThreadList } from "./ThreadList.tsx";
import { useCorrespondence, useUnread } from "./useCorrespondence.ts";

interface ChartMessagesProps {
  readonly chart: Chart;
  /** Where the conversations of the chart are; a key follows. */
  readonly path: string;
  readonly entryPath: (item: ChartItem) => string;
  /** What to do while there are none. */
  readonly emptyAction?: EmptyAction;
}

/** The conversations of one chart, and below them what does not open. */
export function ChartMessages({ chart, path, entryPath, emptyAction }: ChartMessagesProps) {
  const { t } = useTranslation("messages");
  useChart(chart.patient, POLL);
  const { threads, closed } = useCorrespondence(chart);
  const unread = useUnread(chart.patient);
  const markRead = useMarkRead(chart.patient);
  const fresh = threads.flatMap(unread);
  return (
    <>
      <Limits />
      {threads.length === 0 ? (
        <EmptyState
          kind="noData"
          title={t("none")}
          text={t("noneText")}
          {...(emptyAction ? { action: emptyAction } : {})}
        />
      ) : (
        <ThreadList threads={threads} unread={unread} pathOf={({ key }) => `${path}/${key}`} />
      )}
      {fresh.length > 0 && (
        <p className="mt-3 mb-0">
          <button type="button" className="btn btn-plain btn-sm" onClick={() => markRead(fresh.map(({ key }) => key))}>
            {t("markAll")}
          </button>
        </p>
      )}
      {closed.length > 0 && (
        <section className="ck-gap">
          <h2 className="mb-2">{t("closed")}</h2>
          <p className="ck-s ck-2 ck-measure">{t("closedText")}</p>
          <ul className="ck-list">
            {closed.map((item) => (
              <li key={item.key} className="ck-wrap">
                <div className="ck-grow">
                  <p className="ck-meta mt-0">
                    <Link to={entryPath(item)}>
                      <Time seconds={item.time} show="short" />
                    </Link>
                    {t("common:comma")}
                    <AccountName account={item.author} />
                  </p>
                </div>
                <div className="ck-end">
                  <IntegrityMark state={item.integrity} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
