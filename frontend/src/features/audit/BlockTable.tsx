import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { Time } from "../../components/Time.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { CheckMark } from "./CheckMark.tsx";
import type { CheckedBlock } from "./queries.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** Blocks with their links and seals as checked here. */
export function BlockTable({ blocks }: { readonly blocks: readonly CheckedBlock[] }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const number = (value: bigint | number) => value.toLocaleString(locale);
  const columns: readonly Column<CheckedBlock>[] = [
    {
      key: "block",
      header: t("column.block"),
      cell: (block) => (
        <Link className="ck-tnum" to={`/audit/block/${block.number}`}>
          {number(block.number)}
        </Link>
      ),
    },
    {
      key: "time",
      header: t("column.time"),
      cell: ({ header }) => <Time seconds={Number(header.timestamp)} show="short" />,
    },
    {
      key: "hash",
      header: t("column.hash"),
      cell: ({ header, report }) =>
        report.hash === "ok" ? (
          <bdi className="ck-mono ck-nowrap">{shortHex(header.hash ?? "0x")}</bdi>
        ) : (
          <CheckMark check={report.hash} />
        ),
    },
    {
      key: "link",
      header: t("column.link"),
      cell: ({ header, report }) => (
        <CheckMark check={report.link}>
          {report.link !== "none" && <bdi className="ck-mono">{shortHex(header.parentHash)}</bdi>}
        </CheckMark>
      ),
    },
    {
      key: "seal",
      header: t("column.seal"),
      cell: ({ report }) => (
        <CheckMark check={report.seal}>
          {report.seal !== "none" && <bdi className="ck-mono">{`${report.digest.slice(0, 10)}…`}</bdi>}
        </CheckMark>
      ),
    },
    {
      key: "nonce",
      header: t("column.nonce"),
      numeric: true,
      cell: ({ header }) => number(BigInt(header.nonce ?? "0x0")),
    },
    {
      key: "difficulty",
      header: t("column.difficulty"),
      numeric: true,
      cell: ({ header, report }) =>
        report.difficulty === "broken" ? (
          <CheckMark check={report.difficulty}>{number(BigInt(header.difficulty))}</CheckMark>
        ) : (
          number(BigInt(header.difficulty))
        ),
    },
    {
      key: "transactions",
      header: t("column.transactions"),
      numeric: true,
      cell: ({ transactions }) => number(transactions.length),
    },
  ];
  return (
    <DataTable
      caption={t("blocks.caption")}
      className="ck-blocks"
      columns={columns}
      rows={blocks}
      rowKey={(block) => block.header.hash ?? String(block.number)}
    />
  );
}
