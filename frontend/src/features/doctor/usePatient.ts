import { sameAddress, type ReceivedGrant } from "@chartkey/sdk";
import type { Address } from "viem";
import { hasCategory } from "../../lib/format/categories.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { ownProfile } from "../../lib/chart/items.ts";
import { useChart } from "../../lib/chart/useChart.ts";
import { useDoctorVisits, useReceivedGrants, useRequests } from "./queries.ts";

/** Whether a grant counts at a moment in Unix seconds. */
export function inForce({ active, expiry }: ReceivedGrant, now: number): boolean {
  return active && now < expiry;
}

/** The grant of a patient to the connected doctor; undefined until it is read, null when there is none. */
export function useGrantOf(patient: Address): ReceivedGrant | null | undefined {
  const { data } = useReceivedGrants();
  return data && (data.find((grant) => sameAddress(grant.patient, patient)) ?? null);
}

interface KnownPatient {
  readonly name?: string;
  readonly birthDate?: string;
  /** Whether it is still being read what is known. */
  readonly reading: boolean;
}

/** Who a patient is, as far as the doctor may know: from his own profile when it is shared, else from what he wrote at booking. */
export function usePatient(patient: Address): KnownPatient {
  const grant = useGrantOf(patient);
  const now = useNow();
  const shared = grant && inForce(grant, now) && hasCategory(grant.read, 1);
  const { data: chart, isLoading: isOpening } = useChart(shared ? patient : undefined);
  const { data: visits, isLoading: isListing } = useDoctorVisits();
  const { data: requests, isLoading: isReading } = useRequests(visits);
  const profile = chart && ownProfile(chart.items, patient);
  const own = visits?.flatMap((visit) =>
    sameAddress(visit.patient, patient) ? [requests?.get(`${visit.id}|${visit.round}`)?.name] : [],
  );
  const name = profile?.name?.[0]?.text ?? own?.findLast((each) => each !== undefined);
  const birthDate = profile?.birthDate;
  const reading = grant === undefined || isOpening || isListing || isReading;
  return { reading, ...(name ? { name } : {}), ...(birthDate ? { birthDate } : {}) };
}
