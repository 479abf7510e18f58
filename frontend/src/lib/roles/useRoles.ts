import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useChainId, useConnection, usePublicClient } from "wagmi";
import { deploymentOn } from "../chain/deployment.ts";
import { readStandings } from "./read.ts";
import { rolesOf, type Role, type Standing } from "./roles.ts";

/** Key of the standings of an account, for `invalidateQueries` after a membership changed. */
export function standingsKey(chainId: number, account: string | undefined) {
  return ["roles", chainId, "standings", account?.toLowerCase() ?? null] as const;
}

/** Standings of the connected account; idle without one. */
export function useStandings(): UseQueryResult<Standing[]> {
  const chainId = useChainId();
  const client = usePublicClient();
  const { address } = useConnection();
  const deployment = deploymentOn(chainId);
  return useQuery({
    queryKey: standingsKey(chainId, address),
    queryFn: () => {
      if (!client || !deployment || !address) throw new Error("no account");
      return readStandings(client, deployment, address);
    },
    enabled: client !== undefined && deployment !== undefined && address !== undefined,
    staleTime: 30_000,
    refetchOnWindowFocus: true,
  });
}

/** The roles of the connected account: none until they are read. */
export function useRoles(): {
  readonly roles: readonly Role[];
  readonly isPending: boolean;
  readonly error: Error | null;
} {
  const { data, isLoading, error } = useStandings();
  return { roles: data ? rolesOf(data) : [], isPending: isLoading, error };
}
