import { readVisits, type Visit } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { usePatientAccount } from "../acting/acting.ts";
import { useReadSession } from "../session/session.ts";

/** Milliseconds after which is looked whether the doctor answered. */
const REFRESH = 5_000;

/** Key of what depends on appointments, for `invalidateQueries` after a booking or a cancellation. */
export const visitsKey = (chainId: number) => ["visits", chainId] as const;

/** Whether a visit is still to come: neither over nor called off. */
export function isAhead({ state, start }: Visit, now: number): boolean {
  // A started visit stays until it is completed; a requested one that nobody answered passes with its quarter of an hour.
  return state === "started" || ((state === "requested" || state === "confirmed") && start + 900 > now);
}

/** The visits of the connected account as a patient, in the order of their start. */
export function usePatientVisits() {
  const session = useReadSession();
  const address = usePatientAccount();
  return useQuery({
    queryKey: [...visitsKey(session?.chain.id ?? 0), "ofPatient", address ?? null],
    queryFn: () => {
      if (!session || !address) throw new Error("no account");
      return readVisits(session.chain, { patient: address });
    },
    enabled: session !== null && address !== undefined,
    refetchInterval: REFRESH,
  });
}
