import { useSyncExternalStore } from "react";

let chosen: number | null = null;
const listeners = new Set<() => void>();

/** Keeps which of several administered hospitals the pages are about, until the page is loaded again. */
export function chooseHospital(id: number): void {
  chosen = id;
  for (const listener of listeners) listener();
}

/** The hospital that the pages are about: the chosen one while the account administers it, else its first. */
export function useChosenHospital(administered: readonly number[]): number | undefined {
  const wanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
  return administered.find((id) => id === wanted) ?? administered[0];
}
