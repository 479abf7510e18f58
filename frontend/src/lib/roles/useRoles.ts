import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useChains, useConfig } from "wagmi";
import { useActing, usePatientAccount } from "../acting/acting.ts";
import { rolesOf, type Role, type Standing } from "./roles.ts";

/** Milliseconds between two looks while a hospital has to confirm the account. */
const WAITING = 3_000;

/** Key of the standings of an account, for `invalidateQueries` after a membership changed. */
export function standingsKey(chainId: number, account: string | undefined) {
  return ["roles", chainId, "standings", account?.toLowerCase() ?? null] as const;
}

/** Standings of the connected account, or of the one it acts for; idle without one. */
export function useStandings(): UseQueryResult<Standing[]> {
  const config = useConfig();
  const [chain] = useChains();
  const address = usePatientAccount();
  return useQuery({
    queryKey: standingsKey(chain?.id ?? 0, address),
    queryFn: async () => {
      if (!chain || !address) throw new Error("no account");
      // Fetched when an account connects: a visitor needs none of it.
      const { fetchStandings } = await import("./read.ts");
      return fetchStandings(config, chain.id, address);
    },
    enabled: chain !== undefined && address !== undefined,
    staleTime: 30_000,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "requested") ? WAITING : false),
    refetchOnWindowFocus: true,
  });
}

/** The roles of the connected account: none until they are read. Whoever acts for another is a patient and nothing else. */
export function useRoles(): {
  readonly roles: readonly Role[];
  readonly isPending: boolean;
  readonly error: Error | null;
} {
  const { data, isLoading, error } = useStandings();
  if (useActing() !== null) return { roles: ["patient"], isPending: false, error: null };
  return { roles: data ? rolesOf(data) : [], isPending: isLoading, error };
}
