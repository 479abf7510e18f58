import { readEmergencies, readReviewed, readReviewers } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";

const REFRESH = 5_000;

/** The emergency accesses of hospitals, newest first within each. */
export function useHospitalEmergencies(hospitals: readonly number[] | undefined) {
  const session = useReadSession();
  return useQuery({
    queryKey: [...emergenciesKey(session?.chain.id ?? 0), "ofHospitals", hospitals ?? []],
    queryFn: async () => {
      const { chain } = required(session);
      return (await Promise.all((hospitals ?? []).map((hospital) => readEmergencies(chain, { hospital })))).flat();
    },
    enabled: session !== null && hospitals !== undefined,
    refetchInterval: REFRESH,
  });
}

/** Hospitals whose emergencies the connected account judges. */
export function useReviewed() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: [...emergenciesKey(session?.chain.id ?? 0), "reviewed", address ?? null],
    queryFn: async () => {
      if (!address) throw new Error("no account");
      return (await readReviewed(required(session).chain, address)).map(({ id }) => id);
    },
    enabled: session !== null && address !== undefined,
  });
}

/** Who judges the emergencies of a hospital. */
export function useReviewers(hospital: Address) {
  const session = useReadSession();
  return useQuery({
    queryKey: [...emergenciesKey(session?.chain.id ?? 0), "reviewers", hospital],
    queryFn: () => readReviewers(required(session).chain, hospital),
    enabled: session !== null,
  });
}
