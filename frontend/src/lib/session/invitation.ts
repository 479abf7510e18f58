import { fragmentText } from "../fragment/fragment.ts";

/** The text of the opened invitation, of a link or pasted. Whoever has it can use it: it is kept in memory alone. */
export const { keep: keepInvitation, held: heldInvitation, useText: useInvitationText } = fragmentText();

/** The link that opens an invitation here, from its text or another link of it. */
export function invitationLink(text: string): string {
  return `${window.location.origin}/claim#${text.trim().split("#").at(-1)}`;
}
