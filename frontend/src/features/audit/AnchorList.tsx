import { sequenceOf, type AnchoredEntry, type BatchSearch } from "@chartkey/sdk";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Hex } from "viem";
import { Address } from "../../components/Address.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { Match } from "./lib/matchAnchors.ts";
import { BlockLink } from "./Words.tsx";

export interface AnchorListProps {
  readonly matches: readonly Match[];
  /** Records of batches. */
  readonly found: BatchSearch["found"];
  /** The entries that the batches are of. */
  readonly entries: readonly AnchoredEntry[];
}

/** What a file is to the chain: one line for each event that names it, one for each batch that it is a record of. */
export function AnchorList({ matches, found, entries }: AnchorListProps) {
  const { t } = useTranslation(["audit", "common"]);
  const locale = useLocale();
  if (matches.length + found.length === 0) return null;
  return (
    <ul className="ck-list">
      {matches.map(({ anchor, part }) => (
        <AnchorRow
          key={`${anchor.blockNumber}/${anchor.logIndex}/${anchor.kind}`}
          title={t(`anchors.kind.${anchor.kind}`, {
            number: (anchor.recordId ? sequenceOf(anchor.recordId) : (anchor.hospital ?? 0)).toLocaleString(locale),
          })}
          note={part === "root" ? t("anchors.root") : null}
          ledger={anchor.recordId ? anchor.account : undefined}
          {...anchor}
        />
      ))}
      {found.map(({ recordId, index, category }) => {
        const entry = entries.find((candidate) => candidate.recordId === recordId);
        return (
          entry && (
            <AnchorRow
              key={`${recordId}/${index}`}
              title={t("anchors.kind.item", {
                index: (index + 1).toLocaleString(locale),
                count: entry.batch?.count.toLocaleString(locale),
                number: sequenceOf(recordId).toLocaleString(locale),
              })}
              note={t(`common:category.${category}`)}
              account={entry.patient}
              ledger={entry.patient}
              blockNumber={entry.blockNumber}
              transactionHash={entry.transactionHash}
            />
          )
        );
      })}
    </ul>
  );
}

interface RowProps {
  readonly title: string;
  readonly note: ReactNode;
  readonly account: string | undefined;
  /** Whose ledger it leads to. */
  readonly ledger: string | undefined;
  readonly blockNumber: bigint;
  readonly transactionHash: Hex;
}

function AnchorRow({ title, note, account, ledger, blockNumber, transactionHash }: RowProps) {
  const { t } = useTranslation("audit");
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">{title}</p>
        {note && <p className="ck-meta">{note}</p>}
        {account && <Address value={account} to={`/audit/address/${account}`} />}
      </div>
      <span className="ck-end d-flex flex-wrap gap-3">
        {ledger && (
          <Link className="ck-s" to={`/audit/ledger/${ledger}`}>
            {t("anchors.toLedger")}
          </Link>
        )}
        <Link className="ck-s" to={`/audit/tx/${transactionHash}`}>
          {t("entry.transaction")}
        </Link>
        <BlockLink number={blockNumber} />
      </span>
    </li>
  );
}
