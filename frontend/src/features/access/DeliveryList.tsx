import type { Delivery } from "@chartkey/sdk";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Pagination } from "../../components/Pagination.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { type DeliveryGroup, groupDeliveries } from "./deliveryGroups.ts";
import { DeliveryRow } from "./DeliveryRow.tsx";

const PAGE = 25;

interface DeliveryListProps {
  readonly label: string;
  readonly deliveries: readonly Delivery[];
  /** Those that are marked as the first of their reader. */
  readonly first: ReadonlySet<Delivery>;
}

/** Deliveries and removals, newest first, in pages: what one reader was handed in one minute is one line. */
export function DeliveryList({ deliveries, ...rest }: DeliveryListProps) {
  const groups = useMemo(() => groupDeliveries(deliveries), [deliveries]);
  return groups.length > 0 && <Groups groups={groups} {...rest} />;
}

interface GroupsProps extends Omit<DeliveryListProps, "deliveries"> {
  /** Never empty. */
  readonly groups: readonly DeliveryGroup[];
}

function Groups({ label, groups, first }: GroupsProps) {
  const { t } = useTranslation("deliveries");
  const locale = useLocale();
  const [start, setStart] = useState(0);
  const { data: chart } = useChart(usePatientAccount());
  const records = useMemo(() => Map.groupBy(chart?.items ?? [], ({ recordId }): string => recordId), [chart]);
  const from = start < groups.length ? start : 0;
  const page = groups.slice(from, from + PAGE);
  const number = (value: number) => value.toLocaleString(locale);
  const last = from + page.length;
  return (
    <>
      <ul className="ck-list" aria-label={label}>
        {page.map((group) => (
          <DeliveryRow
            key={group.key}
            group={group}
            isFirst={group.deliveries.some((one) => first.has(one))}
            records={records}
          />
        ))}
      </ul>
      {groups.length > PAGE && (
        <Pagination
          label={t("pages")}
          position={t("position", { from: number(from + 1), to: number(last), of: number(groups.length) })}
          onNewer={from > 0 ? () => setStart(from - PAGE) : undefined}
          onOlder={last < groups.length ? () => setStart(from + PAGE) : undefined}
        />
      )}
    </>
  );
}
