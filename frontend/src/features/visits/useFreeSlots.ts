import { readFreeSlots } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import type { ListedDoctor } from "../../lib/hospitals/useDoctors.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { useReadSession } from "../../lib/session/session.ts";

/** Days that can be booked ahead. */
const DAYS = 21;

/** A doctor's free quarters of an hour in the next three weeks. */
export function useFreeSlots(doctor: Pick<ListedDoctor, "hospital" | "account"> | undefined) {
  const session = useReadSession();
  const of = doctor && { hospital: doctor.hospital, doctor: doctor.account };
  return useQuery({
    queryKey: [...visitsKey(session?.chain.id ?? 0), "free", of ?? null],
    queryFn: () => {
      if (!session || !of) throw new Error("no doctor");
      const now = Date.now() / 1000;
      return readFreeSlots(session.chain, { ...of, firstDay: Math.floor(now / 86_400), days: DAYS, now });
    },
    enabled: session !== null && of !== undefined,
  });
}
