import { readEmergencies } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { usePatientAccount } from "../acting/acting.ts";
import { required } from "../session/required.ts";
import { useReadSession } from "../session/session.ts";

/** An emergency may be opened while the page is open. */
const REFRESH = 5_000;

/** Key of what depends on emergency accesses, for `invalidateQueries` after one was opened, ended or reviewed. */
export const emergenciesKey = (chainId: number) => ["emergencies", chainId] as const;

/** The emergency accesses to the patient's chart, newest first. */
export function usePatientEmergencies() {
  const session = useReadSession();
  const patient = usePatientAccount();
  return useQuery({
    queryKey: [...emergenciesKey(session?.chain.id ?? 0), "ofPatient", patient ?? null],
    queryFn: () => {
      if (!patient) throw new Error("no account");
      return readEmergencies(required(session).chain, { patient });
    },
    enabled: session !== null && patient !== undefined,
    refetchInterval: REFRESH,
  });
}
