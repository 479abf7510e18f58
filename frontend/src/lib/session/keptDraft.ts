import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { DraftState } from "./drafts.ts";
import { deviceNotes } from "./device.ts";
import { useUnlockedSession } from "./session.ts";
import { useUnloadWarning } from "./unload.ts";

/** Milliseconds without a key after which what was typed is kept. */
const PAUSE = 400;

/**
 * Keeps what somebody types on this device, sealed under his vault: a lock, a reload and the end of the browser leave it there, and the form
 * begins with it the next time. Where the browser keeps nothing, it asks before the page is left.
 * @param form names the form and what it is about
 * @param values what it holds, as JSON; null while that is nothing
 * @param restore puts such values back
 */
export function useKeptDraft<Values>(
  form: string,
  values: Values | null,
  restore: (values: Values) => void,
): DraftState {
  const session = useUnlockedSession();
  const notes = useMemo(() => (session ? deviceNotes(session) : null), [session]);
  const about = `draft|${form}`;
  const text = values === null ? null : JSON.stringify(values);
  const [kept, setKept] = useState<string | null>(null);
  const [restored, setRestored] = useState(false);
  const [read, setRead] = useState<object | null>(null);
  const latest = useRef({ text, restore });
  useLayoutEffect(() => {
    latest.current = { text, restore };
  });
  useUnloadWarning(text !== kept);

  useEffect(() => {
    if (!notes) return;
    let gone = false;
    notes
      .read(about)
      .catch(() => undefined)
      .then((found) => {
        if (gone) return;
        // What was typed while it was looked for is newer.
        if (typeof found === "string" && latest.current.text === null) {
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
      keep().then(
        () => setKept(text),
        () => {},
      );
    const timer = setTimeout(() => void store(), text === null ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [notes, about, read, text, kept]);

  // A form that goes away within the pause, above all by a lock, keeps what it held all the same.
  useEffect(() => {
    if (!notes || read !== notes) return;
    return () => {
      const { text: left } = latest.current;
      if (left !== null) void notes.keep(about, left).catch(() => {});
    };
  }, [notes, about, read]);

  return {
    restored,
    forget: () => {
      latest.current.text = null;
      setRestored(false);
      void notes?.drop(about).catch(() => {});
    },
  };
}
