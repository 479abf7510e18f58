import type { Phase } from "@chartkey/sdk";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { isKept } from "../errors/kept.ts";
import { draftNotes } from "./draftNotes.ts";
import { useUnlockedSession } from "./session.ts";
import { noteUnfinished } from "./unfinished.ts";
import { useUnloadWarning } from "./unload.ts";
import type { ActionState } from "./useAction.ts";
import { ownerOf } from "./vault.ts";

/** Milliseconds without a key after which what was typed is kept. */
const PAUSE = 400;

/** Phases of a write in which the outbox has it. */
const handedOver: ReadonlySet<Phase | null> = new Set<Phase>(["uploading", "confirming", "mining", "done"]);

/** What is asked of the device is done in that order: sealing takes its time. */
let last: Promise<unknown> = Promise.resolve();
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

/** What a form can tell and do about its draft. */
export interface DraftState {
  /** Whether the form holds what was typed before. */
  readonly restored: boolean;
  /** What the form held was used: nothing of it is kept. */
  readonly forget: () => void;
}

/**
 * Keeps what somebody types on this device, sealed under his vault: a lock, a reload and the end of the browser leave it there, and the form
 * begins with it the next time. Where the browser keeps nothing, it is there until the page is left, which asks before.
 * @param form names the form and what it is about
 * @param values what it holds, as JSON; null while that is nothing
 * @param restore puts such values back
 * @param writing how far what the form writes by the outbox is: what that has would be written twice if it were kept here as well
 */
export function useDraft<Values>(
  form: string,
  values: Values | null,
  restore: (values: Values) => void,
  writing?: ActionState,
): DraftState {
  const session = useUnlockedSession();
  const notes = useMemo(() => (session ? draftNotes(session) : null), [session]);
  const owner = session ? ownerOf(session) : null;
  const about = `draft|${form}`;
  const typed = values === null ? null : JSON.stringify(values);
  const [used, setUsed] = useState<string | null>(null);
  const [kept, setKept] = useState<string | null>(null);
  const [restored, setRestored] = useState(false);
  const [read, setRead] = useState<object | null>(null);
  const isElsewhere =
    writing !== undefined && ((writing.running && handedOver.has(writing.phase)) || isKept(writing.error));
  const text = isElsewhere || typed === used ? null : typed;
  const latest = useRef({ typed, text, restore });
  useLayoutEffect(() => {
    latest.current = { typed, text, restore };
  });
  // The same words once more are new ones.
  if (typed === null && used !== null) setUsed(null);
  useUnloadWarning(text !== null && text !== kept);

  useEffect(() => {
    if (!notes) return;
    let gone = false;
    inTurn(() => notes.read(about))
      .catch(() => undefined)
      .then((found) => {
        if (gone) return;
        // What was typed while it was looked for is newer.
        if (typeof found === "string" && latest.current.typed === null) {
          latest.current.restore(JSON.parse(found) as Values);
          setKept(found);
          setRestored(true);
        }
        setRead(notes);
      });
    return () => {
      gone = true;
    };
  }, [notes, about]);

  useEffect(() => {
    if (!notes || read !== notes || text === kept) return;
    const keep = () => (text === null ? notes.drop(about) : notes.keep(about, text));
    const store = () =>
      inTurn(keep).then(
        () => setKept(text),
        () => {},
      );
    const timer = setTimeout(() => void store(), text === null ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [notes, about, read, text, kept]);

  // A form that goes away within the pause, above all by a lock, keeps what it held all the same.
  useEffect(() => {
    if (!notes || read !== notes || owner === null) return;
    noteUnfinished(owner, form, false);
    return () => {
      const { text: left } = latest.current;
      if (left === null) return;
      noteUnfinished(owner, form, true);
      void inTurn(() => notes.keep(about, left)).catch(() => {});
    };
  }, [notes, about, form, owner, read]);

  return {
    restored: restored && text !== null,
    forget: () => {
      setUsed(latest.current.typed);
      latest.current.text = null;
      // It may have gone away while the signature was waited for.
      if (owner !== null) noteUnfinished(owner, form, false);
      if (notes) void inTurn(() => notes.drop(about)).catch(() => {});
    },
  };
}
