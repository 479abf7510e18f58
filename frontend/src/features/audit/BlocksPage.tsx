import { useQuery } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useBlockNumber } from "wagmi";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { Pagination } from "../../components/Pagination.tsx";
import { BlockTable } from "./BlockTable.tsx";
import { blocksQuery, PAGE_SIZE } from "./queries.ts";
import { SearchForm } from "./SearchForm.tsx";
import { useAudit } from "./useAudit.ts";
import { useOpenedHead } from "./useOpenedHead.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** The newest blocks, each with its hash, link and seal computed in this browser. */
export default function BlocksPage() {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const { client, chainId } = useAudit();
  const head = useBlockNumber({ chainId, watch: true });
  const [opened, follow] = useOpenedHead(head.data);
  const [search, setSearch] = useSearchParams();
  const asked = /^\d{1,15}$/.test(search.get("from") ?? "") ? BigInt(search.get("from") ?? "0") : null;
  const newest = opened === undefined ? undefined : asked !== null && asked < opened ? asked : opened;
  const blocks = useQuery({ ...blocksQuery(client, chainId, newest ?? 0n), enabled: newest !== undefined });

  const number = (value: bigint | number) => value.toLocaleString(locale);
  const rows = blocks.data ?? [];
  const last = rows.at(-1)?.number;
  const broken = rows.filter(({ report }) => Object.values(report).includes("broken")).length;
  const hasWork = rows.some(({ report }) => report.seal !== "none");
  const show = (from: bigint) => setSearch(opened !== undefined && from >= opened ? {} : { from: String(from) });
  const size = BigInt(PAGE_SIZE);
  const behind = asked === null && head.data !== undefined && opened !== undefined ? Number(head.data - opened) : 0;
  const error = head.error ?? blocks.error;

  return (
    <Page
      title={t("blocks.title")}
      asOf={
        rows.length > 0 && broken === 0
          ? t(hasWork ? "blocks.checked" : "blocks.checkedLinks", { count: rows.length })
          : undefined
      }
      actions={<SearchForm />}
    >
      <div className="mt-5">
        {error && (
          <ErrorNotice error={error} actions={{ retry: () => void (head.error ? head.refetch() : blocks.refetch()) }} />
        )}
        {broken > 0 && (
          <Notice tone="bad" live="alert" title={t("blocks.broken", { count: broken })} className="mb-4">
            <p>{t("blocks.brokenText")}</p>
          </Notice>
        )}
        {behind > 0 && (
          <button type="button" className="btn btn-plain btn-sm mb-3" onClick={follow}>
            {t("blocks.newer", { count: behind })}
          </button>
        )}
        {!error && blocks.isPending && <Loading />}
        {rows.length > 0 && (
          <>
            <BlockTable blocks={rows} />
            <Pagination
              label={t("blocks.pages")}
              position={t("blocks.position", {
                first: number(newest ?? 0n),
                last: number(last ?? 0n),
                head: number(head.data ?? 0n),
              })}
              onNewer={
                newest !== undefined && opened !== undefined && newest < opened ? () => show(newest + size) : undefined
              }
              onOlder={last !== undefined && last > 0n ? () => show(last - 1n) : undefined}
            />
            <p className="ck-s ck-2 mt-4 ck-measure">
              {hasWork ? <Trans t={t} i18nKey="blocks.sealNote" components={{ sup: <sup /> }} /> : t("blocks.noWork")}
            </p>
          </>
        )}
      </div>
    </Page>
  );
}
