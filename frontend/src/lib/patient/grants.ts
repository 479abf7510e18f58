import type { Address } from "viem";

/** A grant that was not revoked, and whether it counts. */
export interface Grant {
  readonly grantee: Address;
  readonly hospital: number;
  /** Masks of categories. */
  readonly read: number;
  readonly write: number;
  /** Unix seconds: first second without access. */
  readonly expiry: number;
  readonly since: number;
  /** Since when the doctor is active at the hospital; 0 when suspended. */
  readonly activeSince: number;
  /** Whether keys went with it: a delegate has none, and what he grants opens nothing that was there before. */
  readonly withKeys: boolean;
}

export type GrantState = "active" | "ended" | "suspended";

/** The rule of the contract (docs/protocol.md, Consent head), for one moment in Unix seconds. */
export function grantState({ expiry, since, activeSince }: Grant, now: number): GrantState {
  if (now >= expiry) return "ended";
  return activeSince > 0 && activeSince <= since ? "active" : "suspended";
}
