import type { Invitation } from "@chartkey/sdk";

interface LastInvitation {
  readonly invitation: Invitation;
  /** The history entry on which it is shown. */
  readonly visit: string;
}

/** The invitation that was signed last, by signer and hospital. In memory alone: it holds the secret that claims it. */
const kept = new Map<string, LastInvitation>();

/** Names whose invitations for which hospital. */
export const desk = (owner: string, hospital: number) => `${owner}|${hospital}`;

/** Keeps the last invitation of a desk until another one replaces it or the page is loaded again; null forgets it. */
export function keepLastInvitation(at: string, last: LastInvitation | null): void {
  if (last) kept.set(at, last);
  else kept.delete(at);
}

/** The invitation that was signed last at a desk, if it was not forgotten. */
export function lastInvitation(at: string): LastInvitation | null {
  return kept.get(at) ?? null;
}
