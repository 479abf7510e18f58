import { openDraft, sealDraft, type SealedDraft } from "@chartkey/sdk";
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { useUnlockedSession } from "./session.ts";
import { useUnloadWarning, warnBeforeUnload } from "./unload.ts";
import { ownerOf } from "./vault.ts";

/** What forms held when they went away, sealed to its owner's key, by owner and form. In memory alone: a reload loses them. */
const drafts = new Map<string, Promise<SealedDraft>>();
const listeners = new Set<() => void>();
let stopWarning: (() => void) | null = null;

function replace(key: string, draft: Promise<SealedDraft> | null): void {
  if (draft) drafts.set(key, draft);
  else drafts.delete(key);
  if (drafts.size > 0) stopWarning ??= warnBeforeUnload();
  else {
    stopWarning?.();
    stopWarning = null;
  }
  for (const listener of listeners) listener();
}

const keyOf = (owner: string, form: string) => `${owner}|${form}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether something that the owner has not finished waits for his key. */
export function hasDraft(owner: string): boolean {
  return [...drafts.keys()].some((key) => key.startsWith(keyOf(owner, "")));
}

/** The same for a screen: the form that a lock took away is sealed only when this one is there already. */
export function useHasDraft(owner: string): boolean {
  return useSyncExternalStore(subscribe, () => hasDraft(owner));
}

/** What a form can tell and do about its draft. */
export interface DraftState {
  /** Whether what was typed before was put back. */
  readonly restored: boolean;
  /** What the form held was used: nothing is kept when it goes away. */
  readonly forget: () => void;
}

/**
 * Keeps what somebody typed when the form goes away, above all because the key locked itself: sealed to his own key at once, and
 * given back when the form is opened again by the same account.
 * @param form names the form and what it is about
 * @param values what it holds, as JSON; null while that is nothing
 * @param restore puts such values back
 */
export function useDraft<Values>(form: string, values: Values | null, restore: (values: Values) => void): DraftState {
  const session = useUnlockedSession();
  const identity = session?.vault.identity;
  const owner = session ? ownerOf(session) : null;
  const [restored, setRestored] = useState(false);
  const used = useRef(false);
  const latest = useRef({ values, restore });
  useLayoutEffect(() => {
    latest.current = { values, restore };
  });
  useUnloadWarning(values !== null);

  useEffect(() => {
    if (!identity || owner === null) return;
    const key = keyOf(owner, form);
    const before = drafts.get(key);
    let read = before === undefined;
    let gone = false;
    const put = (found: unknown) => {
      if (gone) return;
      read = true;
      latest.current.restore(found as Values);
      setRestored(true);
    };
    before
      ?.then((sealed) => openDraft({ identity }, sealed))
      .then(put, () => {
        read = true;
      });
    return () => {
      gone = true;
      // Before its draft was opened, a form that goes away has nothing newer.
      if (!read) return;
      const { values: left } = latest.current;
      replace(key, left === null || used.current ? null : sealDraft(identity.publicBytes, left));
    };
  }, [form, identity, owner]);

  return {
    restored,
    forget: () => {
      used.current = true;
      // It may have gone away while the signature was waited for.
      if (owner !== null) replace(keyOf(owner, form), null);
    },
  };
}
