import {
  readHospital,
  readHospitals,
  readProfile,
  sameAddress,
  type Hospital,
  type HospitalProfile,
  type ReadSession,
} from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useReadSession } from "../session/session.ts";

/** Milliseconds after which is looked whether a hospital that waits was accredited. */
const REFRESH = 5_000;

/** A hospital with what it says of itself; profile null when no store has it or it is damaged. */
export interface ListedHospital extends Hospital {
  readonly listing: HospitalProfile | null;
}

async function withListing(session: ReadSession, hospital: Hospital): Promise<ListedHospital> {
  // A missing profile must not hide the hospital: its number and accreditation are on the chain.
  const listing = await readProfile(session, hospital).catch(() => null);
  return { ...hospital, listing };
}

/** Every hospital with its public profile. */
export function useHospitals() {
  const session = useReadSession();
  return useQuery({
    queryKey: ["hospitals", session?.chain.id ?? 0, "all"],
    queryFn: async () => {
      if (!session) throw new Error("no chain");
      const hospitals = await readHospitals(session.chain);
      return Promise.all(hospitals.map((hospital) => withListing(session, hospital)));
    },
    enabled: session !== null,
  });
}

/** One hospital with its public profile. */
export function useHospital(id: number | undefined) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["hospitals", session?.chain.id ?? 0, "one", id ?? 0],
    queryFn: async () => {
      if (!session || !id) throw new Error("no chain");
      return withListing(session, await readHospital(session.chain, id));
    },
    enabled: session !== null && id !== undefined,
    refetchInterval: ({ state }) => (state.data?.accreditation === "accredited" ? false : REFRESH),
  });
}

/** Has everything about hospitals, members and roles read again, after something of it was mined. */
export function useRefreshHospitals() {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all(
      ["hospitals", "hospital", "roles"].map((feature) => client.invalidateQueries({ queryKey: [feature] })),
    );
  }, [client]);
}

/** The name of an account in the public directories of the hospitals; undefined when none lists it. */
export function staffName(hospitals: readonly ListedHospital[] | undefined, account: string): string | undefined {
  for (const { listing } of hospitals ?? []) {
    const entry = listing?.staff.find((member) => sameAddress(member.account, account));
    if (entry) return entry.name;
  }
  return undefined;
}

/** The name of a hospital, as it calls itself. */
export function hospitalName(hospitals: readonly ListedHospital[] | undefined, id: number): string | undefined {
  return hospitals?.find((hospital) => hospital.id === id)?.listing?.name;
}
