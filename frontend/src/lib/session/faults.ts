import type { StoreFault } from "@chartkey/sdk";

/** Origins of the stores that did not take a file since the page was opened, though another store did. */
let lacking: readonly string[] = [];
const listeners = new Set<() => void>();

/** Notes what a store lacks. Another store has it, so that nothing waits for it; a read that fell over needs no words. */
export function noteFault({ step, store }: StoreFault): void {
  if (step !== "put" || lacking.includes(store)) return;
  lacking = [...lacking, store];
  for (const listener of listeners) listener();
}

export function forgetFaults(): void {
  lacking = [];
  for (const listener of listeners) listener();
}

export const currentFaults = (): readonly string[] => lacking;

export function subscribeFaults(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
