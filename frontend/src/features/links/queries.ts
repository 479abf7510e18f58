import {
  endHealthLink,
  linkContent,
  makeHealthLink,
  readHealthLinks,
  readTimeline,
  renewHealthLink,
  accountOf,
  type LinkChoice,
  type LinkOffer,
  type OwnHealthLink,
  type UnlockedSession,
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
  readonly content?: OpenedContent;
}

/** How much a link opens, and what of the choice is left out. */
export interface OpenedContent {
  readonly shown: number;
  readonly unreadable: number;
  readonly files: number;
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

/** The file that a link is to open, as the chart is now. */
async function fileOf(session: UnlockedSession, choice: LinkChoice) {
  const [timeline, validator] = await Promise.all([readTimeline(session, accountOf(session)), loadValidator()]);
  const { file, made, shown } = await linkContent(session, timeline, validator, choice, new Date().toISOString());
  const content: OpenedContent = { shown, unreadable: made.unreadable, files: made.files };
  return { file, content };
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
        const { file, content } = await fileOf(unlocked, choice);
        onPhase("uploading");
        const link = await makeHealthLink(unlocked, { ...offer, files: [file] });
        const { label, exp, passcode } = offer;
        setMade({ ...link, label, exp, hasPasscode: passcode !== undefined, content });
        await client.invalidateQueries({ queryKey: linksKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
  return { ...action, made, close: useCallback(() => setMade(null), []) };
}

/** Replaces what a link opens; nothing of it is on the chain. */
export function useRenewLink() {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const [content, setContent] = useState<OpenedContent | null>(null);
  const action = useAction(
    useCallback(
      async (onPhase, link: OwnHealthLink, choice: LinkChoice) => {
        const unlocked = required(session);
        const { file, content: opened } = await fileOf(unlocked, choice);
        onPhase("uploading");
        await renewHealthLink(unlocked, link, [file]);
        setContent(opened);
        await client.invalidateQueries({ queryKey: linksKey(unlocked.chain.id) });
      },
      [client, session],
    ),
  );
  return { ...action, content };
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
