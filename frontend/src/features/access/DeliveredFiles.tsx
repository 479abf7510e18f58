import type { Delivery } from "@chartkey/sdk";
import { type ReactNode, useState } from "react";
import { ShowMore } from "../../components/ShowMore.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { DeliveredFile } from "./DeliveredFile.tsx";

/** Files drawn at once. */
const STEP = 50;

interface DeliveredFilesProps {
  readonly deliveries: readonly Delivery[];
  readonly records: ReadonlyMap<string, readonly ChartItem[]>;
  /** How many there are. */
  readonly summary: ReactNode;
}

/** The files of one fetching, which unfold: there may be thousands, so that none is drawn before, and so many at once. */
export function DeliveredFiles({ deliveries, records, summary }: DeliveredFilesProps) {
  const [isOpen, setOpen] = useState(false);
  const [limit, setLimit] = useState(STEP);
  return (
    <details className="ck-raw" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && (
        <>
          <ul className="mb-0 mt-1">
            {deliveries.slice(0, limit).map((delivery, at) => (
              <li key={at} className="ck-s">
                <DeliveredFile delivery={delivery} records={records} />
              </li>
            ))}
          </ul>
          <ShowMore shown={limit} total={deliveries.length} onMore={() => setLimit(limit + STEP)} />
        </>
      )}
    </details>
  );
}
