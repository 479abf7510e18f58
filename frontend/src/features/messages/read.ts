import type { UnlockedSession } from "@chartkey/sdk";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Address } from "viem";
import { deviceNotes } from "../../lib/session/device.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { ownerOf } from "../../lib/session/vault.ts";

/** Keys of the messages of a chart that were opened on this device. */
type Read = ReadonlySet<string>;

const about = (patient: Address) => `read|${patient.toLowerCase()}`;
const keyOf = (session: UnlockedSession | null, patient: Address) =>
  ["messages", "read", session && ownerOf(session), patient.toLowerCase()] as const;

async function readKeys(session: UnlockedSession, patient: Address): Promise<Read> {
  const found = await deviceNotes(session)
    .read(about(patient))
    .catch(() => undefined);
  return new Set(Array.isArray(found) ? found.filter((key) => typeof key === "string") : []);
}

function query(session: UnlockedSession | null, patient: Address) {
  return {
    queryKey: keyOf(session, patient),
    queryFn: () => readKeys(required(session), patient),
    enabled: session !== null,
    staleTime: Infinity,
    structuralSharing: false,
    ...plaintext,
  };
}

/** Which messages of a chart were opened on this device; undefined until that is known. */
export function useRead(patient: Address): Read | undefined {
  return useQuery(query(useUnlockedSession(), patient)).data;
}

/** The same of several charts, in their order. */
export function useReadOfAll(patients: readonly Address[]): readonly (Read | undefined)[] {
  const session = useUnlockedSession();
  return useQueries({ queries: patients.map((patient) => query(session, patient)) }).map(({ data }) => data);
}

/** Notes on this device that messages of a chart were opened. Where the browser keeps nothing, it is known until the key is locked. */
export function useMarkRead(patient: Address): (keys: readonly string[]) => void {
  const session = useUnlockedSession();
  const client = useQueryClient();
  return useCallback(
    (keys) => {
      if (!session) return;
      const mark = async () => {
        // Another page may have noted others meanwhile.
        const kept = await readKeys(session, patient);
        const queryKey = keyOf(session, patient);
        const all = new Set([...kept, ...(client.getQueryData<Read>(queryKey) ?? []), ...keys]);
        client.setQueryData(queryKey, all);
        await deviceNotes(session).keep(about(patient), [...all]);
      };
      void mark().catch(() => {});
    },
    [client, session, patient],
  );
}
