import type { Address } from "viem";
import type { Chain } from "../chain/connection.ts";
import { readMembers } from "../chain/hospitals.ts";
import type { StoredLetter } from "../storage/letter-list.ts";
import { type UnlockedSession, accountOf } from "./session.ts";

/** Senders whose memberships are asked for at once. */
const AT_ONCE = 100;
/** Doctors whose letters are looked at, and letters of each. */
const MAX_SENDERS = 40;
const MAX_TRIES = 5;

/** The newest letters of each sender, who wrote last first. */
function bySender(letters: readonly StoredLetter[]): StoredLetter[][] {
  const found = new Map<Address, StoredLetter[]>();
  for (const letter of letters.toReversed()) {
    const own = found.get(letter.from);
    if (own === undefined) found.set(letter.from, [letter]);
    else if (own.length < MAX_TRIES) own.push(letter);
  }
  return [...found.values()];
}

/** The newest letters of a doctor. */
interface DoctorLetters {
  letters: StoredLetter[];
  /** Whether he is active at a hospital of the patient's. */
  isNear: boolean;
}

/** For each active doctor among the accounts, in lower case, the hospitals where he is that. */
async function doctorsAmong(chain: Chain, accounts: readonly Address[]): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (let from = 0; from < accounts.length; from += AT_ONCE) {
    const members = await readMembers(chain, { account: accounts.slice(from, from + AT_ONCE) });
    for (const { account, role, status, hospital } of members) {
      if (role !== "doctor" || status !== "active") continue;
      const name = account.toLowerCase();
      found.set(name, [...(found.get(name) ?? []), hospital]);
    }
  }
  return found;
}

/**
 * The letters that are opened: of doctors alone, and of those at the patient's own hospitals first. Whoever has an account can write
 * letters, and as many accounts as he likes.
 */
export async function lettersOfDoctors(
  session: UnlockedSession,
  letters: readonly StoredLetter[],
): Promise<DoctorLetters[]> {
  const { chain } = session;
  const senders = bySender(letters);
  const [doctors, standings] = await Promise.all([
    doctorsAmong(
      chain,
      senders.flatMap(([newest]) => (newest ? [newest.from] : [])),
    ),
    readMembers(chain, { account: accountOf(session) }),
  ]);
  const own = new Set(standings.flatMap(({ status, hospital }) => (status === "active" ? [hospital] : [])));
  const ranked = senders.flatMap((newest) => {
    const hospitals = doctors.get(newest[0]?.from.toLowerCase() ?? "");
    return hospitals ? [{ letters: newest, isNear: hospitals.some((hospital) => own.has(hospital)) }] : [];
  });
  return ranked.sort((left, right) => Number(right.isNear) - Number(left.isNear)).slice(0, MAX_SENDERS);
}
