import { readShares } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";

/** Key of what the patient shared record by record, for `invalidateQueries`. */
export const sharesKey = (chainId: number) => ["shares", chainId] as const;

/** The records that the patient shared with single accounts, newest first; opened with the account's key. */
export function useShares() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [...sharesKey(session?.chain.id ?? 0), session?.wallet.account.address ?? null, session?.account ?? null],
    queryFn: async () => (await readShares(required(session))).reverse(),
    enabled: session !== null,
    ...plaintext,
  });
}
