import { sameAddress } from "@chartkey/sdk";
import { useCallback, useMemo } from "react";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useOpenedCharts, type Chart } from "../../lib/chart/useChart.ts";
import { shortHex } from "../../lib/format/address.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { correspondenceOf, letterOf, type Correspondence, type Thread, type Ward } from "./lib/threads.ts";
import { useRead, useReadOfAll } from "./read.ts";

/** How accounts are called where messages are sorted: by the public directories, else by their short addresses. */
function useNameOf(): Ward["nameOf"] {
  const { data } = useHospitals();
  return useCallback((account) => staffName(data, account) ?? shortHex(account), [data]);
}

type Reading = (item: ChartItem) => boolean;

/** Tells of the messages of a patient's chart whether they are the reader's own. */
function useOwnOf(): (patient: Address) => Reading {
  const { address } = useConnection();
  const account = usePatientAccount();
  return useCallback(
    (patient) => {
      // What was written in one's own chart without a hospital is one's own, also by whom he succeeded.
      const isPatient = account !== undefined && sameAddress(account, patient);
      return ({ author, hospital }) =>
        isPatient ? hospital === 0 : address !== undefined && sameAddress(author, address);
    },
    [address, account],
  );
}

/** Whether a message of a patient's chart is the reader's own. */
export function useIsOwn(patient: Address): Reading {
  const ownOf = useOwnOf();
  return useMemo(() => ownOf(patient), [ownOf, patient]);
}

/** The conversations of a chart. */
export function useCorrespondence({ items, patient }: Chart): Correspondence {
  const chainId = useUnlockedSession()?.chain.id ?? 0;
  const nameOf = useNameOf();
  return useMemo(() => correspondenceOf(items, { chainId, patient, nameOf }), [items, chainId, patient, nameOf]);
}

const unreadIn = ({ messages }: Thread, isOwn: Reading, read: ReadonlySet<string> | undefined) =>
  read === undefined
    ? []
    : messages.map(({ item }) => item).filter((item) => letterOf(item) && !isOwn(item) && !read.has(item.key));

/** The messages of a conversation that were not opened on this device; none until that is known. */
export function useUnread(patient: Address): (thread: Thread) => readonly ChartItem[] {
  const isOwn = useIsOwn(patient);
  const read = useRead(patient);
  return useCallback((thread) => unreadIn(thread, isOwn, read), [isOwn, read]);
}

/** How many messages of the charts that are open in memory were not opened on this device. */
export function useUnreadCount(): number {
  const charts = useOpenedCharts();
  const ownOf = useOwnOf();
  const chainId = useUnlockedSession()?.chain.id ?? 0;
  const nameOf = useNameOf();
  const read = useReadOfAll(charts.map(({ patient }) => patient));
  const sorted = useMemo(
    () => charts.map(({ items, patient }) => correspondenceOf(items, { chainId, patient, nameOf })),
    [charts, chainId, nameOf],
  );
  const counts = sorted.map(({ threads }, at) => {
    const isOwn = ownOf(charts[at]!.patient);
    return threads.flatMap((thread) => unreadIn(thread, isOwn, read[at])).length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
