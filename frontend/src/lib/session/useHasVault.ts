import { accountOf, hasVault, type Session } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useSession } from "./session.ts";

/** Whether the account of a session has published a key; idle without one. */
export function useHasVaultOf(session: Session | null) {
  const account = session ? accountOf(session) : undefined;
  return useQuery({
    queryKey: ["vault", session?.chain.id ?? 0, "exists", account ?? null],
    queryFn: async () => (session ? hasVault(session) : false),
    enabled: session !== null,
  });
}

/** Whether the account that acts has published a key; idle without a session. */
export const useHasVault = () => useHasVaultOf(useSession());
