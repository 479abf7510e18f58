import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useBlockNumber } from "wagmi";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { Pagination } from "../../components/Pagination.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { LedgerTable } from "./LedgerTable.tsx";
import { LEDGERS_PER_PAGE, ledgersQuery, patientsQuery } from "./ledgerQueries.ts";
import { NewerBlock } from "./NewerBlock.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { useOpenedHead } from "./useOpenedHead.ts";

/** Every patient's ledger, recomputed in this browser to the head that the contract stores. */
export default function LedgersPage() {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const session = useReadSession();
  const head = useBlockNumber({ chainId: session?.chain.id, watch: true });
  const [opened, follow] = useOpenedHead(head.data);
  const [search, setSearch] = useSearchParams();
  const patients = useQuery({ ...patientsQuery(session, opened ?? 0n), enabled: opened !== undefined });
  const all = patients.data ?? [];
  const pages = Math.max(1, Math.ceil(all.length / LEDGERS_PER_PAGE));
  const asked = Number(search.get("page") ?? "1");
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, pages) : 1;
  const first = (page - 1) * LEDGERS_PER_PAGE;
  const shown = all.slice(first, first + LEDGERS_PER_PAGE);
  const ledgers = useQuery({ ...ledgersQuery(session, opened ?? 0n, shown), enabled: shown.length > 0 });
  const rows = ledgers.data ?? [];
  const wrong = rows.filter(({ ledger, consent }) => ledger.finding ?? consent.finding).length;
  const failed = [head, patients, ledgers].find(({ error }) => error);
  const number = (value: bigint | number) => value.toLocaleString(locale);
  const show = (to: number) => setSearch(to === 1 ? {} : { page: String(to) });

  return (
    <Page
      title={t("ledgers.title")}
      asOf={
        patients.data && wrong === 0 && !failed && opened !== undefined
          ? t("complete", { number: number(opened) })
          : undefined
      }
      actions={<SearchForm />}
    >
      <div className="mt-5">
        {failed && <ErrorNotice error={failed.error} actions={{ retry: () => void failed.refetch() }} />}
        {wrong > 0 && (
          <Notice tone="bad" live="alert" title={t("ledgers.wrong", { count: wrong })} className="mb-4">
            <p>{t("ledgers.wrongText")}</p>
          </Notice>
        )}
        <NewerBlock head={head.data} opened={opened} onFollow={follow} />
        {!failed && (patients.isPending || (shown.length > 0 && ledgers.isPending)) && (
          <Loading what={t("ledgers.loading")} />
        )}
        {patients.data?.length === 0 && (
          <EmptyState
            kind="noData"
            title={t("ledgers.none")}
            text={t("ledgers.noneText")}
            action={{ label: t("ledgers.toBlocks"), to: "/audit" }}
          />
        )}
        {rows.length > 0 && (
          <>
            <LedgerTable rows={rows} />
            {pages > 1 && (
              <Pagination
                label={t("ledgers.pages")}
                position={t("ledgers.position", {
                  first: number(first + 1),
                  last: number(first + shown.length),
                  count: number(all.length),
                })}
                onNewer={page > 1 ? () => show(page - 1) : undefined}
                onOlder={page < pages ? () => show(page + 1) : undefined}
              />
            )}
            <p className="ck-s ck-2 mt-4 ck-measure">{t("ledgers.note")}</p>
          </>
        )}
      </div>
    </Page>
  );
}
