import { type FirstAccess, readFirstAccesses } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { usePatientAccount } from "../acting/acting.ts";
import { useNow } from "../format/useNow.ts";
import { type Noted, useNote, useNoted } from "../session/noted.ts";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";
import { deliveriesSince } from "./useDeliveries.ts";

/** How many days the stores are asked about. */
export const LOOKED_BACK = 90;
/** For how long a first access is told, in seconds. Looked back is further, so that who was told before is known for longer. */
const TOLD = 30 * 86_400;

/** A store's word alone keeps nobody from being told once more, when it is proven. */
const keyOf = ({ reader, proven }: FirstAccess) => `${reader.toLowerCase()}${proven ? "" : " unproven"}`;
const isKnown = (known: Noted, access: FirstAccess) =>
  known.has(keyOf(access)) || known.has(keyOf({ ...access, proven: true }));

const aboutReaders = (patient: string | undefined) => `readers|${patient?.toLowerCase() ?? ""}`;

/** @param ask whether the stores are asked; without, only what others asked is known. */
function useFirstAccesses(ask: boolean) {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [
      "deliveries",
      session?.chain.id ?? 0,
      session?.wallet.account.address ?? null,
      session?.account ?? null,
      "first",
    ],
    queryFn: () => readFirstAccesses(required(session), deliveriesSince(LOOKED_BACK)),
    enabled: ask && session !== null,
    ...plaintext,
  }).data;
}

/** First accesses of others to the patient's chart. */
interface NewReaders {
  /** Those of the last 30 days that the patient has not marked as seen on this device, the newest first; empty until they are known. */
  readonly readers: readonly FirstAccess[];
  /** Whether the stores listed more than was looked at. */
  readonly bounded: boolean;
}

/** Those first accesses that were not marked as seen. */
function useUnseen(ask: boolean) {
  const data = useFirstAccesses(ask);
  const known = useNoted(aboutReaders(usePatientAccount()));
  const now = useNow();
  const isTold = ({ time }: FirstAccess) => time > now - TOLD;
  const unknown = data && known ? data.accesses.filter((access) => !isKnown(known, access)) : [];
  const bounded = data?.bounded ?? false;
  return { readers: unknown.filter(isTold), older: unknown.filter((access) => !isTold(access)), bounded };
}

/** How many others are new readers of the patient's chart, as far as that was asked for; asks nobody. */
export function useNewReaderCount(): number {
  return useUnseen(false).readers.length;
}

/** Asks the stores who was handed files of the patient's chart for the first time; says nothing of a store that is silent. */
export function useNewReaders(): NewReaders & { readonly markSeen: () => void } {
  const { readers, older, bounded } = useUnseen(true);
  const note = useNote(aboutReaders(usePatientAccount()));
  // Who began before is not new when he reads again, long after what stores are asked about.
  const before = older.map(keyOf).join();
  useEffect(() => {
    if (before !== "") note(before.split(","));
  }, [note, before]);
  const seen = readers.map(keyOf).join();
  const markSeen = useCallback(() => note(seen.split(",")), [note, seen]);
  return { readers, bounded, markSeen };
}
