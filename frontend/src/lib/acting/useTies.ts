import type { Mandate, MandateAction } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useChains, useConfig, useConnection } from "wagmi";
import { useActing } from "./acting.ts";

/** A mandate or a succession can come or go while the page is open. */
const REFRESH = 15_000;

/** Key of what depends on mandates and successions, for `invalidateQueries` after one of them changed. */
export const actingKey = (chainId: number) => ["acting", chainId] as const;

/** What the connected wallet has to do with others: whom it may act for, what waits for it. */
export function useTies() {
  const config = useConfig();
  const [chain] = useChains();
  const { address } = useConnection();
  return useQuery({
    queryKey: [...actingKey(chain?.id ?? 0), "ties", address ?? null],
    queryFn: async () => {
      if (!chain || !address) throw new Error("no account");
      // Fetched when an account connects: a visitor needs none of it.
      const { fetchTies } = await import("./ties.ts");
      return fetchTies(config, chain.id, address);
    },
    enabled: chain !== undefined && address !== undefined,
    refetchInterval: REFRESH,
  });
}

/** The mandate under which the wallet acts now; undefined when it acts as a delegate for nobody, or his mandate has ended. */
export function useOwnMandate(): Mandate | undefined {
  const acting = useActing();
  const { data } = useTies();
  const found = data?.people.find(({ as, account }) => as === "delegate" && account === acting?.account);
  return acting?.as === "delegate" && found?.as === "delegate" ? found.mandate : undefined;
}

/** Whether whoever acts now may do one of these: always for himself and as a successor. */
export function useMayDo(...actions: readonly MandateAction[]): boolean {
  const acting = useActing();
  const mandate = useOwnMandate();
  return acting?.as !== "delegate" || actions.some((action) => mandate?.actions.includes(action));
}
