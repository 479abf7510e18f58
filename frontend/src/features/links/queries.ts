import {
  endHealthLink,
  linkContent,
  makeHealthLink,
  readHealthLinks,
  readTimeline,
  accountOf,
  type LinkChoice,
  type LinkOffer,
  type OwnHealthLink,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

/** What a person asks for. */
export interface LinkDraft extends Omit<LinkOffer, "files"> {
  readonly choice: LinkChoice;
}

/** A link that is shown: its text, and, once it is made, how much it opens and what is left out. */
export interface MadeLink {
  readonly name: string;
  readonly text: string;
  readonly label: string | undefined;
  readonly exp: number;
  readonly hasPasscode: boolean;
  readonly content?: { readonly shown: number; readonly unreadable: number; readonly files: number };
}

const linksKey = (chainId: number) => ["health-links", chainId] as const;

/** The patient's links, newest first; opened with the account's key. */
export function useLinks() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [...linksKey(session?.chain.id ?? 0), session?.wallet.account.address ?? null, session?.account ?? null],
    queryFn: () => readHealthLinks(required(session)),
    enabled: session !== null,
    ...plaintext,
  });
}

/** Makes a link; nothing of it is on the chain. */
export function useMakeLink() {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const [made, setMade] = useState<MadeLink | null>(null);
  const action = useAction(
    useCallback(
      async (onPhase, { choice, ...offer }: LinkDraft) => {
        const unlocked = required(session);
        const [timeline, validator] = await Promise.all([readTimeline(unlocked, accountOf(unlocked)), loadValidator()]);
        onPhase("encrypting");
        const date = new Date().toISOString();
        const { file, made: chart, shown } = await linkContent(unlocked, timeline, validator, choice, date);
        onPhase("uploading");
        const link = await makeHealthLink(unlocked, { ...offer, files: [file] });
        const { label, exp, passcode } = offer;
        const { unreadable, files } = chart;
        setMade({ ...link, label, exp, hasPasscode: passcode !== undefined, content: { shown, unreadable, files } });
        await client.invalidateQueries({ queryKey: linksKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
  return { ...action, made, close: useCallback(() => setMade(null), []) };
}

/** Ends a link. */
export function useEndLink() {
  const session = useUnlockedSession();
  const client = useQueryClient();
  return useAction(
    useCallback(
      async (_, link: OwnHealthLink) => {
        const unlocked = required(session);
        await endHealthLink(unlocked, link);
        await client.invalidateQueries({ queryKey: linksKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
}
