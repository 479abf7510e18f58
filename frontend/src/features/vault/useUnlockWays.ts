import { accountOf, readUnlockWays, type Session } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";

/**
 * The ways to open the account's vault, as its document tells them.
 * @param unbidden false for a page that nobody asked for a signature on: it calls `refetch` when a button is pressed
 */
export function useUnlockWays(session: Session, unbidden = true) {
  return useQuery({
    queryKey: ["vault", session.chain.id, "ways", accountOf(session)],
    queryFn: () => readUnlockWays(session),
    enabled: unbidden,
  });
}
