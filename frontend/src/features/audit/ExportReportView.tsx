import type { ExportReport } from "@chartkey/sdk/verify";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { FindingMark } from "./FindingMark.tsx";
import { blockHashQuery } from "./queries.ts";
import { useAudit } from "./useAudit.ts";

/** What checking an export of a ledger found: each check, then what follows and what does not. */
export function ExportReportView({ report }: { readonly report: ExportReport }) {
  const { t } = useTranslation("audit");
  const { client, chainId } = useAudit();
  const { subject, checks } = report;
  const here = subject !== undefined && subject.chainId === chainId;
  const block = useQuery({ ...blockHashQuery(client, chainId, BigInt(subject?.block ?? 0)), enabled: here });
  // Undefined while it is not known, or when the file is of another chain.
  const same = here && block.data ? block.data === subject.blockHash : undefined;
  return (
    <>
      <section className="ck-sec">
        <header>
          <h2>{t("export.title")}</h2>
        </header>
        {report.ok && same !== false ? (
          <p className="ck-rule-t mb-0">{t("export.ok")}</p>
        ) : (
          <Notice tone="bad" live="alert" title={t(report.ok ? "export.otherChain" : "export.bad")}>
            <p>{t(report.ok ? "export.otherChainText" : "export.badText")}</p>
          </Notice>
        )}
        <ul className="ck-list mt-3">
          {checks.map(({ name, ok, detail }) => (
            <li key={name} className="d-block">
              <FindingMark ok={ok}>
                {t(ok ? "export.holds" : "export.fails", { check: t(`export.check.${name}`) })}
              </FindingMark>
              {/* The verifier speaks English only. */}
              <p className="ck-meta text-break" lang="en" dir="ltr">
                {detail}
              </p>
            </li>
          ))}
          {same !== undefined && (
            <li>
              <FindingMark ok={same}>{t(same ? "export.anchorOk" : "export.otherChain")}</FindingMark>
            </li>
          )}
        </ul>
        {here && block.error && <ErrorNotice error={block.error} actions={{ retry: () => void block.refetch() }} />}
      </section>
      {subject && report.ok && same !== false && <Conclusions subject={subject} anchored={same === true} />}
    </>
  );
}

interface ConclusionsProps {
  readonly subject: NonNullable<ExportReport["subject"]>;
  /** Whether the last block of the file is that of the chain that the node follows. */
  readonly anchored: boolean;
}

function Conclusions({ subject, anchored }: ConclusionsProps) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const block = subject.block.toLocaleString(locale);
  const { work } = subject;
  const time = work?.takes.count.toLocaleString(locale, { style: "unit", unit: work.takes.unit, unitDisplay: "long" });
  const proved = [
    t("export.proved.bytes"),
    t("export.proved.ledger", { block, number: subject.entries.toLocaleString(locale) }),
    ...(work ? [t("export.proved.work", { number: BigInt(work.computations).toLocaleString(locale) })] : []),
    ...(anchored ? [t("export.proved.anchor", { block })] : []),
  ];
  const open = [
    ...(anchored ? [] : [t("export.open.anchor", { block, hash: subject.blockHash })]),
    ...(anchored || !time ? [] : [t("export.open.work", { time })]),
    t("export.open.later", { block }),
    t("export.open.content"),
  ];
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("export.follows")}</h2>
      </header>
      <dl className="ck-def ck-rule-t">
        <dt>{t("ledgers.patient")}</dt>
        <dd>
          <Address value={subject.patient} to={`/audit/ledger/${subject.patient}`} />
        </dd>
        <dt>{t("export.provedTitle")}</dt>
        <dd>
          <Sentences icon="check" list={proved} />
        </dd>
        <dt>{t("export.openTitle")}</dt>
        <dd>
          <Sentences icon="dashCircle" list={open} />
        </dd>
      </dl>
    </section>
  );
}

function Sentences({ icon, list }: { readonly icon: "check" | "dashCircle"; readonly list: readonly string[] }) {
  return (
    <ul className="list-unstyled d-grid gap-2 mb-0">
      {list.map((sentence) => (
        <li key={sentence} className="d-flex gap-2 align-items-baseline">
          <Icon name={icon} />
          <span className="text-break">{sentence}</span>
        </li>
      ))}
    </ul>
  );
}
