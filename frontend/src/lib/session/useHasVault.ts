import { accountOf, hasVault } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useSession } from "./session.ts";

/** Whether the account that acts has published a key; idle without a session. */
export function useHasVault() {
  const session = useSession();
  const account = session ? accountOf(session) : undefined;
  return useQuery({
    queryKey: ["vault", session?.chain.id ?? 0, "exists", account ?? null],
    queryFn: async () => (session ? hasVault(session) : false),
    enabled: session !== null,
  });
}
