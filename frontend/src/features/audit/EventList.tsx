import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Address as AddressType, Hash, Hex } from "viem";
import { Address } from "../../components/Address.tsx";
import { DecodedArguments } from "../../components/DecodedArguments.tsx";
import { decodeLog } from "../../lib/chain/decode.ts";
import { useAudit } from "./useAudit.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

export interface ChainLog {
  readonly address: AddressType;
  readonly data: Hex;
  readonly topics: readonly Hex[];
  readonly blockNumber?: Hex | bigint | null;
  readonly transactionHash?: Hash | null;
  readonly logIndex?: Hex | number | null;
}

/** Events, decoded where they are ours, as they are where they are not. */
export function EventList({ logs, linked = false }: { readonly logs: readonly ChainLog[]; readonly linked?: boolean }) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const { deployment } = useAudit();
  if (logs.length === 0) return <p className="ck-2 ck-rule-t">{t("events.none")}</p>;
  return (
    <ol className="ck-list">
      {logs.map((log) => {
        const event = decodeLog(deployment, log);
        return (
          <li key={`${log.blockNumber}/${log.logIndex}`} className="d-block">
            <div className="mb-2 d-flex flex-wrap gap-2 align-items-baseline">
              <p className="ck-row-title">
                <bdi className="ck-mono">{event ? `${event.contract}.${event.name}` : t("events.unknown")}</bdi>
              </p>
              {linked && log.transactionHash && (
                <Link className="ck-s" to={`/audit/tx/${log.transactionHash}`}>
                  {t("events.block", { number: Number(log.blockNumber).toLocaleString(locale) })}
                </Link>
              )}
            </div>
            {event ? <DecodedArguments arguments={event.arguments} /> : <Address value={log.address} />}
          </li>
        );
      })}
    </ol>
  );
}
