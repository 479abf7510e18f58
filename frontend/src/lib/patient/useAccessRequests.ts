import { readAccessRequests } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useActing } from "../acting/acting.ts";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";

/** Key of what doctors ask the patient for, for `invalidateQueries`. */
export const requestsKey = (chainId: number) => ["accessRequests", chainId] as const;

/** What doctors ask the patient for, newest first; opened with the account's key, which a delegate has not. */
export function useAccessRequests() {
  const session = useUnlockedSession();
  const forOther = useActing()?.as === "delegate";
  return useQuery({
    queryKey: [
      ...requestsKey(session?.chain.id ?? 0),
      session?.wallet.account.address ?? null,
      session?.account ?? null,
    ],
    queryFn: () => readAccessRequests(required(session)),
    enabled: session !== null && !forOther,
    ...plaintext,
  });
}
