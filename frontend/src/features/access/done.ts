import type { Address } from "viem";

/** What was just done to whose access, as the page of accesses is told by the one that did it. */
export interface Done {
  readonly done: "given" | "ended";
  readonly grantee: Address;
}

/** Reads it from the state of a location; null when it came without. */
export function doneIn(state: unknown): Done | null {
  if (typeof state !== "object" || state === null || !("done" in state) || !("grantee" in state)) return null;
  return state as Done;
}
