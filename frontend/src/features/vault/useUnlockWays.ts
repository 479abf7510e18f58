import { accountOf, readUnlockWays, type Session } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";

/** The ways to open the account's vault, as its document tells them. */
export function useUnlockWays(session: Session) {
  return useQuery({
    queryKey: ["vault", session.chain.id, "ways", accountOf(session)],
    queryFn: () => readUnlockWays(session),
  });
}
