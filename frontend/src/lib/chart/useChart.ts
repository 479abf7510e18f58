import { readLedger, readTimeline, type UnlockedSession } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useSyncExternalStore } from "react";
import type { Address, Hex } from "viem";
import { plaintext, untilForgotten } from "../session/plaintext.ts";
import { useUnlockedSession } from "../session/session.ts";
import { ContentReader } from "./ContentReader.ts";
import { chartItems, type ChartItem, type Integrity } from "./items.ts";
import { openingKey, OpeningShow, showIn, type OpeningChart } from "./openingChart.ts";

/** A chart as far as the account can read it. */
export interface Chart {
  readonly patient: Address;
  readonly head: Hex;
  readonly blockNumber: bigint;
  /** Number of ledger entries. */
  readonly count: number;
  /** Newest first. */
  readonly items: readonly ChartItem[];
}

/** Key of one chart, as an account reads it. */
export function chartKey(chainId: number, reader: string | undefined, patient: string | undefined) {
  return [...chartsKey(chainId, reader), patient?.toLowerCase() ?? null] as const;
}

/** Key of every chart that an account opened. */
function chartsKey(chainId: number, reader: string | undefined) {
  return ["chart", chainId, "items", reader ?? null] as const;
}

/** States that only a new entry of the ledger changes. */
const settled: readonly Integrity[] = ["verified", "hidden", "erased"];

/** How a chart is read. */
interface Reading {
  /** What was read before. */
  readonly before: Chart | undefined;
  /** Ends the reading. */
  readonly signal: AbortSignal;
  /** Shows what is open while the rest is being opened. */
  readonly show: (opening: OpeningChart | null) => void;
}

async function readChart(
  session: UnlockedSession,
  patient: Address,
  { before, signal, show }: Reading,
): Promise<Chart> {
  // Opening is the long part: a ledger that has not grown is not opened again, unless an entry may open by now.
  if (before?.items.every(({ integrity }) => settled.includes(integrity))) {
    const { head, blockNumber } = await readLedger(session.chain, patient);
    if (head === before.head) return { ...before, blockNumber };
  }
  const reader = new ContentReader(signal);
  const opening = new OpeningShow(reader, (part) => signal.aborted || show(part));
  try {
    // While the store hands out the next records, those that came are read.
    const timeline = await readTimeline(session, patient, {
      signal,
      found: (records, soFar) => {
        reader.expect(records);
        if (before === undefined) opening.found(records, soFar);
      },
      opened: (record) => opening.opened(record),
    });
    const { head, blockNumber, entries, notices } = timeline;
    const items = await chartItems(timeline, reader);
    return { patient, head, blockNumber, count: entries.length + notices.length, items };
  } catch (error) {
    if (!signal.aborted) show(null);
    throw error;
  } finally {
    opening.close();
    reader.close();
  }
}

/**
 * The chart of a patient, opened with the account's key; kept in memory until that is locked.
 * @param refetchInterval milliseconds after which the ledger is looked at again; without it, when something was written here
 */
export function useChart(patient: Address | undefined, refetchInterval: number | false = false) {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const queryKey = chartKey(session?.chain.id ?? 0, session?.wallet.account.address, patient);
  return useQuery({
    queryKey,
    queryFn: () => {
      if (!session || !patient) throw new Error("locked");
      const show = showIn(client, openingKey(session.chain.id, session.wallet.account.address, patient));
      return readChart(session, patient, {
        before: client.getQueryData<Chart>(queryKey),
        signal: untilForgotten(),
        show,
      });
    },
    enabled: session !== null && patient !== undefined,
    refetchInterval,
    structuralSharing: false,
    ...plaintext,
  });
}

/** The charts that the account has opened so far; none is read for it. */
export function useOpenedCharts(): readonly Chart[] {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const queryKey = chartsKey(session?.chain.id ?? 0, session?.wallet.account.address);
  const latest = useRef<readonly Chart[]>([]);
  const subscribe = useCallback((listener: () => void) => client.getQueryCache().subscribe(listener), [client]);
  return useSyncExternalStore(subscribe, () => {
    const found = session === null ? [] : client.getQueriesData<Chart>({ queryKey });
    const charts = found.flatMap(([, chart]) => (chart ? [chart] : []));
    const isSame = charts.length === latest.current.length && charts.every((chart, at) => chart === latest.current[at]);
    return isSame ? latest.current : (latest.current = charts);
  });
}

/** Has every open chart read again, after an entry was mined. */
export function useRefreshChart() {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: ["chart"] }), [client]);
}
