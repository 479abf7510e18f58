import {
  accountOf,
  emergencyCandidates,
  findSetAt,
  readHandedOver,
  readOwnSet,
  readTimeline,
  type Emergency,
  type OpenedSet,
  type UnlockedSession,
} from "@chartkey/sdk";
import { loadValidator, readEmergencySet } from "@chartkey/sdk/records";
import { useQuery } from "@tanstack/react-query";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { thisApp } from "../../lib/session/stores.ts";

/** How often a doctor's page looks whether something was handed over. */
const REFRESH = 5_000;

/** What a set says, read as FHIR. */
export async function readable<Set extends OpenedSet>(opened: Set) {
  return { ...opened, content: readEmergencySet(opened.bundle, await loadValidator()) };
}

function keyFor(session: UnlockedSession | null, ...more: unknown[]) {
  const reader = session && [session.wallet.account.address, session.account ?? null];
  return [...emergenciesKey(session?.chain.id ?? 0), "sets", reader, ...more];
}

/** The patient's own set in force with its card; null when there is none. */
export function useOwnSet() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: keyFor(session, "own"),
    queryFn: async () => {
      const own = await readOwnSet(required(session), thisApp());
      return own === undefined ? null : readable(own);
    },
    enabled: session !== null,
    retry: false,
    ...plaintext,
  });
}

/** What of the patient's chart a set can show. */
export function useCandidates() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: keyFor(session, "candidates"),
    queryFn: async () => {
      const unlocked = required(session);
      const [timeline, validator] = await Promise.all([readTimeline(unlocked, accountOf(unlocked)), loadValidator()]);
      return emergencyCandidates(timeline, validator);
    },
    enabled: session !== null,
    ...plaintext,
  });
}

/** Whether the patient of an open emergency has left a set with the hospital. */
export function useSetAt(emergency: Emergency) {
  const session = useUnlockedSession();
  const { hospital, patient } = emergency;
  return useQuery({
    queryKey: keyFor(session, "at", hospital, patient),
    queryFn: async () => (await findSetAt(required(session), { hospital, patient })) !== undefined,
    enabled: session !== null,
    retry: false,
  });
}

/** The set that was handed to the doctor for his open emergency; null while there is none. */
export function useHandedSet({ hospital, number }: Emergency) {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: keyFor(session, "handed", hospital, number),
    queryFn: async () => {
      const handed = await readHandedOver(required(session), { hospital, number });
      return handed === undefined ? null : readable(handed);
    },
    enabled: session !== null,
    refetchInterval: REFRESH,
    retry: false,
    ...plaintext,
  });
}
