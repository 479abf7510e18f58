import { decodeInvitation } from "@chartkey/sdk";
import { toCsv } from "@chartkey/sdk/records";
import type { ListLine } from "./keptList.ts";

/** A link that claims an invitation. In the fragment: browsers never send it to a server. */
export const linkOf = (invitation: string, origin: string) => `${origin}/claim#${invitation}`;

/** The links of a list as CSV: a row for each invitation that was signed. */
export function linksCsv(lines: readonly ListLine[], origin: string): string {
  const rows = lines.flatMap(({ name, role, account = "", invitation }) => {
    if (invitation === undefined) return [];
    const ends = new Date(decodeInvitation(invitation).voucher.expiry * 1000).toISOString();
    return [[name, role, account, ends, linkOf(invitation, origin)]];
  });
  return toCsv(["name", "role", "account", "ends", "link"], rows);
}
