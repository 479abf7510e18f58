import { useSyncExternalStore } from "react";

/** Forms that went away with something in them, by owner and form. In memory alone: names of forms say whom they are about. */
const forms = new Set<string>();
const listeners = new Set<() => void>();

const keyOf = (owner: string, form: string) => `${owner}|${form}`;

/** Says whether a form of the owner went away with something in it that is not finished. */
export function noteUnfinished(owner: string, form: string, unfinished: boolean): void {
  const key = keyOf(owner, form);
  if (unfinished === forms.has(key)) return;
  if (unfinished) forms.add(key);
  else forms.delete(key);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether something that the owner has not finished waits for his key. The form that a lock took away says so only when this is there already. */
export function useUnfinished(owner: string): boolean {
  return useSyncExternalStore(subscribe, () => [...forms].some((key) => key.startsWith(keyOf(owner, ""))));
}
