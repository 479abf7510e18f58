import { readHead } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Address } from "viem";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";
import { chartKey, useChart, type Chart } from "./useChart.ts";

/** Milliseconds between two looks at the head of a ledger whose chart is on the screen. */
const LOOK = 15_000;

/** The chart of a patient as `useChart` gives it, read again when its ledger grows: the head alone is looked at. */
export function useLiveChart(patient: Address | undefined) {
  const chart = useChart(patient);
  const session = useUnlockedSession();
  const client = useQueryClient();
  const { id = 0 } = session?.chain ?? {};
  useQuery({
    queryKey: ["chart", id, "head", patient ?? null],
    queryFn: async () => {
      const { chain, wallet } = required(session);
      const head = await readHead(chain, patient!);
      const queryKey = chartKey(chain.id, wallet.account.address, patient);
      const opened = client.getQueryData<Chart>(queryKey);
      if (opened && opened.head !== head) void client.invalidateQueries({ queryKey });
      return head;
    },
    enabled: session !== null && patient !== undefined && chart.data !== undefined,
    refetchInterval: LOOK,
  });
  return chart;
}
