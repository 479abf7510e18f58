import { readUnlockWays, type Session } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";

/** The ways to open the account's vault, as its document tells them. */
export function useUnlockWays(session: Session) {
  const { chain, wallet } = session;
  return useQuery({
    queryKey: ["vault", chain.id, "ways", wallet.account.address],
    queryFn: () => readUnlockWays(session),
  });
}
