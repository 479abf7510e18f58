import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { formatEther, isHash, type Transaction, type TransactionReceipt } from "viem";
import { Address } from "../../components/Address.tsx";
import { DecodedArguments } from "../../components/DecodedArguments.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { decodeCall } from "../../lib/chain/decode.ts";
import { shortHex } from "../../lib/format/address.ts";
import { EventList } from "./EventList.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { transactionQuery } from "./queries.ts";
import { useAudit } from "./useAudit.ts";
import { useRevertReason } from "./useRevertReason.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** One transaction: what it did in words, its call, its events, and why it failed if it did. */
export default function TransactionPage() {
  const { t } = useTranslation("audit");
  const { hash = "" } = useParams();
  const { client, chainId } = useAudit();
  const known = isHash(hash);
  const found = useQuery({ ...transactionQuery(client, chainId, known ? hash : "0x"), enabled: known });
  const error = known ? found.error : { code: "CHAIN_NOT_FOUND" };
  return (
    <Page title={t("tx.title", { hash: shortHex(hash) })} actions={<SearchForm />}>
      <div className="mt-5">
        {error && <ErrorNotice error={error} actions={{ retry: () => void found.refetch() }} />}
        {known && found.isPending && <Loading />}
        {found.data && <Details {...found.data} />}
      </div>
    </Page>
  );
}

function Details({
  transaction,
  receipt,
}: {
  readonly transaction: Transaction;
  readonly receipt: TransactionReceipt;
}) {
  const { t } = useTranslation(["audit", "contracts"]);
  const locale = useLocale();
  const { deployment } = useAudit();
  const call = transaction.to ? decodeCall(deployment, transaction.to, transaction.input) : null;
  const revert = useRevertReason(transaction, receipt);
  const number = (value: bigint) => value.toLocaleString(locale);
  return (
    <div className="ck-stack">
      <section className="ck-sec">
        <header>
          <h2>
            {call ? t(`contracts:did.${call.contract}.${call.name}`) : t(transaction.to ? "tx.other" : "tx.creation")}
          </h2>
          <StatusBadge tone={receipt.status === "success" ? "ok" : "bad"}>{t(`tx.${receipt.status}`)}</StatusBadge>
        </header>
        <dl className="ck-def ck-rule-t">
          {revert && (
            <>
              <dt>{t("tx.reason")}</dt>
              <dd>
                <bdi className="ck-mono">{revert.name}</bdi>
                <DecodedArguments arguments={revert.arguments} />
              </dd>
            </>
          )}
          <dt>{t("tx.hash")}</dt>
          <dd>
            <Address value={transaction.hash} kind="hash" full />
          </dd>
          <dt>{t("tx.from")}</dt>
          <dd>
            <Address value={transaction.from} to={`/audit/address/${transaction.from}`} />
          </dd>
          <dt>{t("tx.to")}</dt>
          <dd>
            {transaction.to && <Address value={transaction.to} to={`/audit/address/${transaction.to}`} />}
            {receipt.contractAddress && (
              <Address value={receipt.contractAddress} to={`/audit/address/${receipt.contractAddress}`} />
            )}
          </dd>
          {transaction.to && (
            <>
              <dt>{t("tx.function")}</dt>
              <dd>
                <bdi className="ck-mono">{call ? `${call.contract}.${call.name}` : transaction.input.slice(0, 10)}</bdi>
              </dd>
            </>
          )}
          {transaction.value > 0n && (
            <>
              <dt>{t("tx.value")}</dt>
              <dd>
                <bdi>{formatEther(transaction.value)} ETH</bdi>
              </dd>
            </>
          )}
          <dt>{t("column.block")}</dt>
          <dd>
            <Link to={`/audit/block/${receipt.blockNumber}`}>{number(receipt.blockNumber)}</Link>
            {" · "}
            {t("tx.gas", { gas: number(receipt.gasUsed) })}
          </dd>
        </dl>
      </section>
      {call && call.arguments.length > 0 && (
        <section className="ck-sec">
          <header>
            <h2>{t("tx.arguments")}</h2>
          </header>
          <div className="ck-rule-t">
            <DecodedArguments arguments={call.arguments} />
            {!call.certain && <p className="ck-s ck-2 mt-3 mb-0">{t("tx.byShape")}</p>}
          </div>
        </section>
      )}
      <section className="ck-sec">
        <header>
          <h2>{t("events.title", { count: receipt.logs.length })}</h2>
        </header>
        <EventList logs={receipt.logs} />
      </section>
    </div>
  );
}
