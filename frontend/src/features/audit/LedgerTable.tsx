import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Time } from "../../components/Time.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { ConsentMark, LedgerMark } from "./AuditFinding.tsx";
import type { AuditedPatient } from "./ledgerQueries.ts";

/** Ledgers of patients with what their recomputation found. */
export function LedgerTable({ rows }: { readonly rows: readonly AuditedPatient[] }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const columns: readonly Column<AuditedPatient>[] = [
    {
      key: "patient",
      header: t("ledgers.patient"),
      cell: ({ ledger }) => <Address value={ledger.patient} to={`/audit/ledger/${ledger.patient}`} />,
    },
    {
      key: "entries",
      header: t("ledgers.entries"),
      numeric: true,
      cell: ({ ledger }) => ledger.entries.length.toLocaleString(locale),
    },
    {
      key: "newest",
      header: t("ledgers.newest"),
      cell: ({ ledger }) => {
        const newest = ledger.entries.at(-1);
        return newest && <Time seconds={newest.time} show="short" />;
      },
    },
    { key: "head", header: t("ledgers.head"), cell: ({ ledger }) => <Address value={ledger.head} kind="hash" /> },
    {
      key: "recomputed",
      header: t("ledgers.recomputed"),
      cell: ({ ledger }) => <LedgerMark ledger={ledger} length="short" />,
    },
    {
      key: "consent",
      header: t("ledgers.consent"),
      cell: ({ consent }) => <ConsentMark consent={consent} length="short" />,
    },
  ];
  return (
    <DataTable
      caption={t("ledgers.caption")}
      className="ck-blocks"
      columns={columns}
      rows={rows}
      rowKey={({ ledger }) => ledger.patient}
    />
  );
}
