import { accountOf, readDeliveries } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";

const DAY = 86_400_000;

/** The first day (UTC) of the last so many. */
export const deliveriesSince = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

/** What stores handed out of the patient's chart in the last so many days, and which of them did not say. */
export function useDeliveries(days: number) {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [
      "deliveries",
      session?.chain.id ?? 0,
      session?.wallet.account.address ?? null,
      session?.account ?? null,
      days,
    ],
    queryFn: () => {
      const reader = required(session);
      return readDeliveries(reader, accountOf(reader), deliveriesSince(days));
    },
    enabled: session !== null,
    ...plaintext,
  });
}
