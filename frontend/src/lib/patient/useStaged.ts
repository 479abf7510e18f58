import {
  ChartkeyError,
  decodeInvitation,
  keepInvitation,
  readKeptInvitations,
  readStaged,
  requireClaimer,
  type Invitation,
  type Staged,
  type UnlockedSession,
} from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { heldInvitation } from "../session/invitation.ts";
import { plaintext } from "../session/plaintext.ts";
import { required } from "../session/required.ts";
import { useUnlockedSession } from "../session/session.ts";
import { thisApp } from "../session/stores.ts";

/** What waits for an invitation that the patient claimed. */
export interface WaitingRecords extends Staged {
  readonly invitation: Invitation;
}

/** Key of what is prepared for the patient, for `invalidateQueries`. */
export const stagedKey = (chainId: number) => ["staged", chainId] as const;

/** Claim keys of invitations that were kept since the page was loaded. */
const kept = new Set<string>();

/** Whether what is prepared is this account's: the link may have been opened for somebody else who uses this browser. */
async function isForAccount(session: UnlockedSession, invitation: Invitation): Promise<boolean> {
  try {
    await requireClaimer(session, invitation);
    return true;
  } catch (error) {
    if (error instanceof ChartkeyError && /^(STAGING|INVITATION)_/.test(error.code)) return false;
    throw error;
  }
}

/** The invitation whose link is open in this page, once it is claimed and there is a key to keep it under. */
async function claimedHere(session: UnlockedSession): Promise<Invitation[]> {
  const text = heldInvitation();
  const invitation = text === null ? null : decodeInvitation(text);
  if (!invitation?.staged || !(await isForAccount(session, invitation))) return [];
  if (!kept.has(invitation.voucher.claimKey)) await keepInvitation(session, invitation);
  kept.add(invitation.voucher.claimKey);
  return [invitation];
}

/** Those that were kept, and can be used: one of another chain or hospital hides no other. */
async function keptFor(session: UnlockedSession): Promise<Invitation[]> {
  const all = await readKeptInvitations(session);
  const usable = await Promise.all(all.map((invitation) => isForAccount(session, invitation)));
  return all.filter((_, index) => usable[index]);
}

/** What is there to be taken over, or to be told of. */
const isWaiting = ({ stagings, problems }: Staged) =>
  stagings.length > 0 || problems.some(({ problem }) => problem.code !== "STAGING_GONE");

/** What hospitals prepared for the patient before he had a key, and he has neither added nor declined. */
export function useStaged() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [...stagedKey(session?.chain.id ?? 0), session?.wallet.account.address ?? null, session?.account ?? null],
    queryFn: async (): Promise<WaitingRecords[]> => {
      const unlocked = required(session);
      const here = await claimedHere(unlocked);
      const invitations = [...here, ...(await keptFor(unlocked))];
      const each = new Map(invitations.map((invitation) => [invitation.voucher.claimKey, invitation]));
      const all = await Promise.all(
        [...each.values()].map(async (invitation) => ({
          invitation,
          ...(await readStaged(unlocked, invitation, thisApp())),
        })),
      );
      return all.filter(isWaiting);
    },
    enabled: session !== null,
    ...plaintext,
  });
}

/** How many records a staging holds in all. */
export const recordsOf = ({ stagings }: Staged): number => stagings.reduce((sum, { items }) => sum + items.length, 0);
