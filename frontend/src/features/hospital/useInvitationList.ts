import { encodeInvitation, invite, type UnlockedSession } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { beginList, dropList, keepList, readKeptList, type InvitationList } from "./lib/keptList.ts";

/** Signs for the next one who is not invited yet, and keeps it before another is asked for. False when nobody is left. */
async function signNext(session: UnlockedSession, hospital: number): Promise<boolean> {
  const before = await readKeptList(session, hospital);
  const at = before?.findIndex(({ invitation }) => invitation === undefined) ?? -1;
  const person = before?.[at];
  if (!person) return false;
  const { role, speciality, account } = person;
  const invitation = encodeInvitation(
    await invite(session, hospital, { role, speciality, ...(account ? { account } : {}) }),
  );
  // Another page may have gone on, or given the list up, while the wallet was asked.
  const now = await readKeptList(session, hospital);
  if (now?.[at]?.name !== person.name || now[at].invitation !== undefined) return now !== null;
  await keepList(session, hospital, now.with(at, { ...person, invitation }));
  return true;
}

/** The list of people whom an admin invites: kept sealed on this device from its beginning on, so that it can be gone on with. */
export function useInvitationList(hospital: number) {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const queryKey = ["hospital", "invitations", session?.wallet.account.address ?? null, hospital];
  const query = useQuery({
    queryKey,
    queryFn: () => readKeptList(required(session), hospital),
    enabled: session !== null,
    ...plaintext,
  });
  const show = (list: InvitationList | null) => client.setQueryData(queryKey, list);
  const begin = useAction(
    useCallback((_, list: InvitationList) => beginList(required(session), hospital, list), [session, hospital]),
  );
  const sign = useAction(async (onPhase) => {
    onPhase("confirming");
    const opened = required(session);
    while (await signNext(opened, hospital)) show(await readKeptList(opened, hospital));
  });
  const drop = useAction(useCallback(() => dropList(required(session), hospital), [session, hospital]));
  return {
    query,
    begin: {
      ...begin,
      run: async (list: InvitationList) => {
        const isKept = await begin.run(list);
        if (isKept) show(list);
        return isKept;
      },
    },
    sign,
    drop: {
      ...drop,
      run: async () => {
        if (await drop.run()) show(null);
      },
    },
  };
}
