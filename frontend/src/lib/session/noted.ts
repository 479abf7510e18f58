import type { UnlockedSession } from "@chartkey/sdk";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { deviceNotes } from "./device.ts";
import { plaintext } from "./plaintext.ts";
import { required } from "./required.ts";
import { useUnlockedSession } from "./session.ts";
import { ownerOf } from "./vault.ts";

/** Keys that an account noted on this device about one thing, such as the messages of a chart that were opened there: sealed. */
export type Noted = ReadonlySet<string>;

const keyOf = (session: UnlockedSession | null, about: string) =>
  ["noted", session && ownerOf(session), about] as const;

async function readNoted(session: UnlockedSession, about: string): Promise<Noted> {
  const found = await deviceNotes(session)
    .read(about)
    .catch(() => undefined);
  return new Set(Array.isArray(found) ? found.filter((key) => typeof key === "string") : []);
}

function query(session: UnlockedSession | null, about: string) {
  return {
    queryKey: keyOf(session, about),
    queryFn: () => readNoted(required(session), about),
    enabled: session !== null,
    staleTime: Infinity,
    structuralSharing: false,
    ...plaintext,
  };
}

/** What was noted about something; undefined until that is known. */
export function useNoted(about: string): Noted | undefined {
  return useQuery(query(useUnlockedSession(), about)).data;
}

/** The same about several things, in their order. */
export function useNotedOfAll(abouts: readonly string[]): readonly (Noted | undefined)[] {
  const session = useUnlockedSession();
  return useQueries({ queries: abouts.map((about) => query(session, about)) }).map(({ data }) => data);
}

/** Notes more about something. Where the browser keeps nothing, it is known until the key is locked. */
export function useNote(about: string): (keys: readonly string[]) => void {
  const session = useUnlockedSession();
  const client = useQueryClient();
  return useCallback(
    (keys) => {
      if (!session) return;
      const note = async () => {
        // Another page may have noted others meanwhile.
        const kept = await readNoted(session, about);
        const queryKey = keyOf(session, about);
        const all = new Set([...kept, ...(client.getQueryData<Noted>(queryKey) ?? []), ...keys]);
        client.setQueryData(queryKey, all);
        await deviceNotes(session).keep(about, [...all]);
      };
      void note().catch(() => {});
    },
    [client, session, about],
  );
}
