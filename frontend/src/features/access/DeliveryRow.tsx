import type { Delivery } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { AccountName } from "../../components/AccountName.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { DeliveredFile } from "./DeliveredFile.tsx";
import { DeliveredFiles } from "./DeliveredFiles.tsx";
import type { DeliveryGroup } from "./deliveryGroups.ts";

/** Names of this computer: a store there is the one that was started with the app. */
const OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"];

interface DeliveryRowProps {
  readonly group: DeliveryGroup;
  readonly isFirst: boolean;
  /** Items of the chart by their record. */
  readonly records: ReadonlyMap<string, readonly ChartItem[]>;
}

/** Who was handed what, and when: the files and what is technical unfold. */
export function DeliveryRow({ group, isFirst, records }: DeliveryRowProps) {
  const { t } = useTranslation("deliveries");
  const locale = useLocale();
  const { deliveries, files } = group;
  const [{ act, reader, time, proven, anchoring }] = deliveries;
  const number = { count: files.length, number: files.length.toLocaleString(locale) };
  const kind = deliveries.every(({ file }) => file === "content") ? "entries" : "files";
  return (
    <li className="ck-wrap">
      <div className="ck-grow">
        <p className="ck-row-title">
          {t(`act.${act}`)} <AccountName account={reader} />
        </p>
        {files.length === 1 ? (
          <p className="ck-meta">
            <DeliveredFile delivery={deliveries[0]} records={records} />
          </p>
        ) : (
          <DeliveredFiles deliveries={files} records={records} summary={t(`count.${kind}`, number)} />
        )}
        {isFirst && (
          <StatusBadge tone="plain" icon="infoCircle">
            {t("first")}
          </StatusBadge>
        )}
        <Technical delivery={deliveries[0]} />
      </div>
      <div className="ck-end ck-s">
        <Time seconds={time} show="short" />
        <span className="d-block">
          <StatusBadge tone={proven ? "ok" : "wait"}>{t(proven ? "signed" : "unsigned")}</StatusBadge>
        </span>
        {anchoring.state === "missing" && <StatusBadge tone="bad">{t("anchoring.missing")}</StatusBadge>}
      </div>
    </li>
  );
}

/** Which store it was, and whether what it kept of it is on the chain. */
function Technical({ delivery: { act, store, anchoring } }: { readonly delivery: Delivery }) {
  const { t } = useTranslation("deliveries");
  const { host, hostname } = new URL(store);
  return (
    <details className="ck-raw mt-2">
      <summary>{t("details")}</summary>
      <p className="ck-meta mt-1 mb-0">{t(`by.${act}.${OWN_HOSTS.includes(hostname) ? "own" : "other"}`)}</p>
      <p className="ck-meta mb-0">
        {t("store")} <bdi dir="ltr">{host}</bdi>
      </p>
      {(anchoring.state === "anchored" || anchoring.state === "waiting") && (
        <p className="ck-meta mb-0">{t(`anchoring.${anchoring.state}`)}</p>
      )}
    </details>
  );
}
