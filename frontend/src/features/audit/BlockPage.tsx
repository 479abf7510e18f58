import { useQuery } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { isHash } from "viem";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { Time } from "../../components/Time.tsx";
import { CheckMark } from "./CheckMark.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { TransactionList } from "./TransactionList.tsx";
import { blockQuery, type CheckedBlock } from "./queries.ts";
import { useAudit } from "./useAudit.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** One block: its header, the three checks of it, and its transactions. */
export default function BlockPage() {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const { id = "" } = useParams();
  const { client, chainId } = useAudit();
  const key = isHash(id) ? id : /^\d{1,15}$/.test(id) ? BigInt(id) : 0n;
  const block = useQuery(blockQuery(client, chainId, key));
  const number = (value: bigint | number) => value.toLocaleString(locale);
  const name = block.data ? number(block.data.number) : isHash(id) ? "" : number(key as bigint);

  return (
    <Page title={t("block.title", { number: name })} actions={<SearchForm />}>
      <div className="mt-5">
        {block.error && <ErrorNotice error={block.error} actions={{ retry: () => void block.refetch() }} />}
        {block.isPending && <Loading />}
        {block.data && <Details {...block.data} number={number} at={block.data.number} />}
      </div>
    </Page>
  );
}

interface DetailsProps extends Omit<CheckedBlock, "number"> {
  readonly at: bigint;
  readonly number: (value: bigint | number) => string;
}

function Details({ header, report, transactions, at, number }: DetailsProps) {
  const { t } = useTranslation("audit");
  const broken = Object.values(report).includes("broken");
  return (
    <div className="ck-stack">
      {broken && (
        <Notice tone="bad" live="alert" title={t("blocks.broken", { count: 1 })}>
          <p>{t("blocks.brokenText")}</p>
        </Notice>
      )}
      <section className="ck-sec">
        <header>
          <h2>{t("block.checks")}</h2>
          <span className="d-flex gap-3">
            {at > 0n && (
              <Link className="ck-tap" to={`/audit/block/${at - 1n}`}>
                {t("block.previous")}
              </Link>
            )}
            <Link className="ck-tap" to={`/audit/block/${at + 1n}`}>
              {t("block.next")}
            </Link>
          </span>
        </header>
        <dl className="ck-def ck-rule-t">
          <dt>{t("column.hash")}</dt>
          <dd>
            <CheckMark check={report.hash}>{t(`block.hash.${report.hash}`)}</CheckMark>
            <Address value={header.hash ?? "0x"} kind="hash" full />
          </dd>
          <dt>{t("column.link")}</dt>
          <dd>
            <CheckMark check={report.link}>{t(`block.link.${report.link}`)}</CheckMark>
            <Address value={header.parentHash} kind="hash" full />
          </dd>
          <dt>{t("column.seal")}</dt>
          <dd>
            <CheckMark check={report.seal}>
              <Trans t={t} i18nKey={`block.seal.${report.seal}`} components={{ sup: <sup /> }} />
            </CheckMark>
            {report.seal !== "none" && <Address value={report.digest} kind="hash" full />}
          </dd>
          <dt>{t("column.difficulty")}</dt>
          <dd>
            <CheckMark check={report.difficulty}>{t(`block.difficulty.${report.difficulty}`)}</CheckMark>
            <div className="ck-tnum">{number(BigInt(header.difficulty))}</div>
          </dd>
        </dl>
      </section>
      <section className="ck-sec">
        <header>
          <h2>{t("block.header")}</h2>
        </header>
        <dl className="ck-def ck-rule-t">
          <dt>{t("column.time")}</dt>
          <dd>
            <Time seconds={Number(header.timestamp)} />
          </dd>
          <dt>{t("column.nonce")}</dt>
          <dd className="ck-tnum">{number(BigInt(header.nonce ?? "0x0"))}</dd>
          <dt>{t("block.gas")}</dt>
          <dd className="ck-tnum">
            {t("block.gasOf", { used: number(BigInt(header.gasUsed)), limit: number(BigInt(header.gasLimit)) })}
          </dd>
          <dt>{t("block.miner")}</dt>
          <dd>
            <Address value={header.miner} to={`/audit/address/${header.miner}`} />
          </dd>
          <dt>{t("block.state")}</dt>
          <dd>
            <Address value={header.stateRoot} kind="hash" full />
          </dd>
        </dl>
      </section>
      <section className="ck-sec">
        <header>
          <h2>{t("block.transactions", { count: transactions.length })}</h2>
        </header>
        <TransactionList hashes={transactions} />
      </section>
    </div>
  );
}
