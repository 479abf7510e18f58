import { sameAddress } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { letterOf, textsOf, type Thread } from "./lib/threads.ts";

interface ThreadListProps {
  readonly threads: readonly Thread[];
  readonly unread: (thread: Thread) => readonly ChartItem[];
  readonly pathOf: (thread: Thread) => string;
}

/** Conversations: what about, with whom, the newest words, and how much of it is new. */
export function ThreadList({ threads, unread, pathOf }: ThreadListProps) {
  const { t } = useTranslation("messages");
  const locale = useLocale();
  const { address } = useConnection();
  const isSelf = (account: Address | undefined) => !!account && !!address && sameAddress(account, address);
  return (
    <ul className="ck-list">
      {threads.map((thread) => {
        const { key, title, messages, participants } = thread;
        const { item } = messages.at(-1)!;
        const letter = letterOf(item);
        const fresh = unread(thread).length;
        const names = participants.filter(({ account }) => !isSelf(account)).map(({ name }) => name);
        return (
          <li key={key} className="ck-wrap">
            <div className="ck-grow">
              <p className={`ck-row-title ${fresh > 0 ? "fw-bold" : ""}`}>
                <Link to={pathOf(thread)}>
                  <bdi>{title ?? t("untitled")}</bdi>
                </Link>
              </p>
              {names.length > 0 && (
                <p className="ck-meta">
                  <bdi>{formatList(names, locale)}</bdi>
                </p>
              )}
              <p className="ck-meta ck-clamp">
                {letter ? <bdi>{textsOf(letter).join(" ")}</bdi> : t(`records:integrity.${item.integrity}.word`)}
              </p>
            </div>
            <div className="ck-end">
              <p className="ck-meta mt-0">
                <Time seconds={item.time} show="short" />
              </p>
              <p className="ck-meta">{t("count", { count: messages.length })}</p>
              {fresh > 0 && (
                <StatusBadge tone="ink" icon="envelope">
                  {t("newCount", { count: fresh })}
                </StatusBadge>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
