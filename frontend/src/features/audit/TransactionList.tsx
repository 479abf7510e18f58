import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Hash } from "viem";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { decodeCall } from "../../lib/chain/decode.ts";
import { shortHex } from "../../lib/format/address.ts";
import { transactionQuery } from "./queries.ts";
import { useAudit } from "./useAudit.ts";

/** Transactions in the words of their functions. */
export function TransactionList({ hashes }: { readonly hashes: readonly Hash[] }) {
  const { t } = useTranslation(["audit", "contracts"]);
  const { client, chainId, deployment } = useAudit();
  const found = useQueries({ queries: hashes.map((hash) => transactionQuery(client, chainId, hash)) });
  if (hashes.length === 0) return <p className="ck-2 ck-rule-t">{t("block.empty")}</p>;
  return (
    <ul className="ck-list">
      {hashes.map((hash, index) => {
        const data = found[index]?.data;
        const call = data?.transaction.to ? decodeCall(deployment, data.transaction.to, data.transaction.input) : null;
        return (
          <li key={hash} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <Link to={`/audit/tx/${hash}`}>
                  {call
                    ? t(`contracts:did.${call.contract}.${call.name}`)
                    : t(data && !data.transaction.to ? "tx.creation" : "tx.other")}
                </Link>
              </p>
              <p className="ck-meta">
                <bdi className="ck-mono">
                  {shortHex(hash)}
                  {call && ` ${call.contract}.${call.name}`}
                </bdi>
              </p>
            </div>
            {data && (
              <span className="ck-end">
                <StatusBadge tone={data.receipt.status === "success" ? "ok" : "bad"}>
                  {t(`tx.${data.receipt.status}`)}
                </StatusBadge>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
