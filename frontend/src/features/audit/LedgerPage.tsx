import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getAddress, isAddress, zeroAddress } from "viem";
import { useBlockNumber } from "wagmi";
import { Address } from "../../components/Address.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { ConsentMark, ledgerWords, LedgerMark } from "./AuditFinding.tsx";
import { ConsentTable } from "./ConsentTable.tsx";
import { EntryTable } from "./EntryTable.tsx";
import { ledgerQuery, type AuditedPatient } from "./ledgerQueries.ts";
import { NewerBlock } from "./NewerBlock.tsx";
import { RehashNotice } from "./RehashNotice.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { useOpenedHead } from "./useOpenedHead.ts";

/** One patient's ledger and changes of consent, recomputed in this browser. */
export default function LedgerPage() {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const { address = "" } = useParams();
  const session = useReadSession();
  const known = isAddress(address, { strict: false });
  const patient = known ? getAddress(address) : zeroAddress;
  const head = useBlockNumber({ chainId: session?.chain.id, watch: true });
  const [opened, follow] = useOpenedHead(head.data);
  const found = useQuery({
    ...ledgerQuery(session, opened ?? 0n, patient),
    enabled: known && opened !== undefined,
  });
  const error = known ? (head.error ?? found.error) : { code: "CHAIN_NOT_FOUND" };
  const whole = found.data && !found.data.ledger.finding && !found.data.consent.finding;
  return (
    <Page
      title={t("ledger.title", { address: shortHex(patient) })}
      asOf={whole && opened !== undefined ? t("complete", { number: opened.toLocaleString(locale) }) : undefined}
      actions={<SearchForm />}
    >
      <div className="mt-5">
        {error && (
          <ErrorNotice error={error} actions={{ retry: () => void (head.error ? head.refetch() : found.refetch()) }} />
        )}
        <NewerBlock head={head.data} opened={opened} onFollow={follow} />
        {known && !error && found.isPending && <Loading what={t("ledger.loading")} />}
        {found.data && <Details {...found.data} />}
      </div>
    </Page>
  );
}

function Details({ ledger, consent, time }: AuditedPatient & { readonly time: number }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const { patient, head, entries } = ledger;
  return (
    <div className="ck-stack">
      {ledger.finding && (
        <Notice tone="bad" live="alert" title={ledgerWords(t, locale, ledger, "short")}>
          <p>{t("ledgers.wrongText")}</p>
        </Notice>
      )}
      <section className="ck-sec">
        <header>
          <h2>{t("block.checks")}</h2>
          <Link className="ck-tap" to={`/audit/address/${patient}`}>
            {t("ledger.events")}
          </Link>
        </header>
        <dl className="ck-def ck-rule-t">
          <dt>{t("ledgers.patient")}</dt>
          <dd>
            <Address value={patient} full />
          </dd>
          <dt>{t("ledger.ledger")}</dt>
          <dd>
            <LedgerMark ledger={ledger} length="long" />
            <Address value={head} kind="hash" full />
          </dd>
          <dt>{t("ledgers.consent")}</dt>
          <dd>
            <ConsentMark consent={consent} length="long" />
            <Address value={consent.head} kind="hash" full />
          </dd>
        </dl>
      </section>
      <section className="ck-sec">
        <header>
          <h2>{t("ledger.entries")}</h2>
        </header>
        {entries.length > 0 ? (
          <>
            <RehashNotice />
            <EntryTable ledger={ledger} />
          </>
        ) : (
          <EmptyState
            kind="noData"
            level={3}
            title={t("ledger.none")}
            text={t("ledger.noneText")}
            action={{ label: t("ledger.toLedgers"), to: "/audit/ledgers" }}
          />
        )}
      </section>
      <section className="ck-sec">
        <header>
          <h2>{t("consent.title")}</h2>
        </header>
        {consent.changes.length > 0 ? (
          <>
            <ConsentTable consent={consent} now={time} />
            <p className="ck-s ck-2 mt-3 mb-0 ck-measure">{t("consent.note")}</p>
          </>
        ) : (
          <p className="ck-2 ck-rule-t">{t("consent.none")}</p>
        )}
      </section>
    </div>
  );
}
