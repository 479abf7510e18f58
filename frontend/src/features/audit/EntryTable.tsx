import { sequenceOf, toCid, type AnchoredEntry, type LedgerAudit } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useSession } from "../../lib/session/session.ts";
import { brokenEntry } from "./AuditFinding.tsx";
import { RehashButton } from "./RehashButton.tsx";
import { EntryWords, Person } from "./Words.tsx";

/** The entries of a ledger in their order. The one at which it breaks is marked. */
export function EntryTable({ ledger }: { readonly ledger: LedgerAudit }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const connected = useSession() !== null;
  const broken = brokenEntry(ledger);
  const columns: readonly Column<AnchoredEntry>[] = [
    {
      key: "number",
      header: t("entry.number"),
      cell: ({ recordId }) => (
        <span>
          <span className="ck-tnum">{sequenceOf(recordId).toLocaleString(locale)}</span>
          {recordId === broken && (
            <span className="d-block">
              <StatusBadge tone="bad">{t("entry.broken")}</StatusBadge>
            </span>
          )}
        </span>
      ),
    },
    { key: "time", header: t("column.time"), cell: ({ time }) => <Time seconds={time} show="short" /> },
    { key: "what", header: t("entry.what"), cell: (entry) => <EntryWords entry={entry} /> },
    {
      key: "author",
      header: t("entry.author"),
      cell: ({ author, hospital, patient }) => <Person account={author} hospital={hospital} patient={patient} />,
    },
    { key: "id", header: t("entry.recordId"), cell: ({ recordId }) => <Address value={recordId} kind="hash" /> },
    {
      key: "transaction",
      header: t("entry.transaction"),
      cell: ({ transactionHash }) => (
        <Address value={transactionHash} kind="hash" to={`/audit/tx/${transactionHash}`} copy={false} />
      ),
    },
    {
      key: "payload",
      header: t("entry.payload"),
      cell: (entry) => (
        <span>
          <Address value={toCid({ codec: entry.codec, digest: entry.payload }).toString()} kind="cid" />
          {connected && <RehashButton entry={entry} />}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={t("entry.caption")}
      className="ck-blocks"
      columns={columns}
      rows={ledger.entries}
      rowKey={({ recordId, transactionHash, logIndex }) => `${recordId}/${transactionHash}/${logIndex}`}
    />
  );
}
