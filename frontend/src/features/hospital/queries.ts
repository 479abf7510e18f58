import { readMemberCards, readMemberChanges, readMembers, sameAddress, type Card, type Member } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { plaintext } from "../../lib/session/plaintext.ts";
import { useReadSession, useUnlockedSession } from "../../lib/session/session.ts";
import { required } from "../../lib/session/required.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";

/** Claims of others arrive while the page is open. */
const REFRESH = 5_000;

/** Events shown on the overview. */
const RECENT = 8;

function useMembers(hospital: ListedHospital) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["hospital", session?.chain.id ?? 0, "members", hospital.id],
    queryFn: () => readMembers(required(session).chain, { id: hospital.id }),
    enabled: session !== null,
    refetchInterval: REFRESH,
  });
}

function useCards(hospital: ListedHospital, count: number) {
  const session = useUnlockedSession();
  return useQuery({
    // The number of members is in the key: a new claim brings a new card.
    queryKey: ["hospital", session?.chain.id ?? 0, "cards", session?.wallet.account.address, hospital.id, count],
    queryFn: () => {
      const unlocked = required(session);
      return readMemberCards(unlocked, hospital.address, unlocked.vault.reception);
    },
    enabled: session !== null,
    placeholderData: (before) => before,
    ...plaintext,
  });
}

/** A member with the name from the public directory or from the card left at the reception. */
export interface NamedMember extends Member {
  readonly name: string | undefined;
  readonly card: Card | undefined;
}

/** Members with their names, requests first; names that no store has are left out, the members stay. */
export function useNamedMembers(hospital: ListedHospital) {
  const members = useMembers(hospital);
  const cards = useCards(hospital, members.data?.length ?? 0);
  const named = members.data?.map((member): NamedMember => {
    const card = [...(cards.data ?? [])].find(([account]) => sameAddress(account, member.account))?.[1];
    const listed = hospital.listing?.staff.find(({ account }) => sameAddress(account, member.account));
    return { ...member, card, name: listed?.name ?? card?.name };
  });
  return { members: named, error: members.error ?? cards.error, refetch: members.refetch };
}

/** The newest changes of memberships with the time of their blocks, newest first. */
export function useRecentChanges(hospital: ListedHospital, count: number) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["hospital", session?.chain.id ?? 0, "changes", hospital.id, count],
    queryFn: async () => {
      const { chain } = required(session);
      const newest = (await readMemberChanges(chain, hospital.id)).slice(-RECENT).reverse();
      return Promise.all(
        newest.map(async (change) => {
          const { timestamp } = await chain.client.getBlock({ blockNumber: change.blockNumber });
          return { ...change, time: Number(timestamp) };
        }),
      );
    },
    enabled: session !== null,
    refetchInterval: REFRESH,
  });
}
