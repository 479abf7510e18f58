import { readFeeAccount } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { usePatientAccount } from "../acting/acting.ts";
import { useReadSession } from "../session/session.ts";
import { visitsKey } from "./useVisits.ts";

/** What Appointments holds for the connected account, or the one it acts for, in wei. */
export function useFeeAccount() {
  const session = useReadSession();
  const account = usePatientAccount();
  return useQuery({
    queryKey: [...visitsKey(session?.chain.id ?? 0), "fees", account ?? null],
    queryFn: async () => {
      if (!session || !account) throw new Error("no account");
      return (await readFeeAccount(session.chain, account)).balance;
    },
    enabled: session !== null && account !== undefined,
  });
}
