import { sameAddress } from "@chartkey/sdk";
import { type Address, isAddress } from "viem";

/** What was just done to whose access to whose chart, as the page of accesses is told by the one that did it. */
export interface Done {
  readonly done: "given" | "ended";
  readonly grantee: Address;
  readonly patient: Address;
}

/**
 * Reads it from the state of a location, which outlives a reload and a change of account; null when it came without, or is of another
 * patient's chart.
 */
export function doneIn(state: unknown, patient: string | undefined): Done | null {
  if (typeof state !== "object" || state === null || patient === undefined) return null;
  const { done, grantee, patient: of } = state as Partial<Record<keyof Done, unknown>>;
  if (done !== "given" && done !== "ended") return null;
  if (typeof grantee !== "string" || !isAddress(grantee) || typeof of !== "string" || !isAddress(of)) return null;
  return sameAddress(of, patient) ? { done, grantee, patient: of } : null;
}
