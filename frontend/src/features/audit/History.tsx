import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Pagination } from "../../components/Pagination.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { EventList, type ChainLog } from "./EventList.tsx";
import { HistoryTools } from "./HistoryTools.tsx";
import { eventName } from "./lib/eventTable.ts";
import { useAudit } from "./useAudit.ts";

/** Events on a page. */
const EVENTS_PER_PAGE = 20;

/** Events in pages; which one is in the address of the page. */
export function History({ logs }: { readonly logs: readonly ChainLog[] }) {
  const { t } = useTranslation(["audit", "explorer"]);
  const locale = useLocale();
  const { deployment } = useAudit();
  const [search, setSearch] = useSearchParams();
  const named = useMemo(() => logs.map((log) => ({ log, name: eventName(deployment, log) })), [deployment, logs]);
  const kinds = [...new Set(named.map(({ name }) => name))].filter((name) => name !== "").toSorted();
  const kind = search.get("event") ?? "";
  const chosen = kind === "" ? logs : named.filter(({ name }) => name === kind).map(({ log }) => log);
  const pages = Math.max(1, Math.ceil(chosen.length / EVENTS_PER_PAGE));
  const asked = Number(search.get("page") ?? "1");
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, pages) : 1;
  const first = (page - 1) * EVENTS_PER_PAGE;
  const shown = chosen.slice(first, first + EVENTS_PER_PAGE);
  const number = (value: number) => value.toLocaleString(locale);
  const show = (to: number, of = kind) =>
    setSearch({ ...(of === "" ? {} : { event: of }), ...(to === 1 ? {} : { page: String(to) }) });
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("events.title", { count: chosen.length })}</h2>
      </header>
      <HistoryTools kinds={kinds} kind={kind} onKind={(to) => show(1, to)} logs={chosen} />
      <EventList logs={shown} linked />
      {pages > 1 && (
        <Pagination
          label={t("explorer:history.pages")}
          position={t("explorer:history.position", {
            first: number(first + 1),
            last: number(first + shown.length),
            count: number(chosen.length),
          })}
          onNewer={page > 1 ? () => show(page - 1) : undefined}
          onOlder={page < pages ? () => show(page + 1) : undefined}
        />
      )}
    </section>
  );
}
