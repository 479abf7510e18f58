import type { Accreditation, MemberStatus } from "@chartkey/sdk";

/** What an account can be here. Registrar and admin come from their contracts, the rest from memberships. */
export const roles = ["patient", "doctor", "pharmacist", "hospital", "registrar"] as const;

export type Role = (typeof roles)[number];

/** One standing of an account: in a hospital, or (hospital null) over the registry. */
export interface Standing {
  readonly role: Role;
  readonly hospital: { readonly id: number; readonly accreditation: Accreditation } | null;
  readonly status: MemberStatus;
  /** Unix seconds from which the membership counts; 0 when it does not, or for admins. */
  readonly since: number;
}

/** The roles of an account in the order of `roles`; a role counts from the first request, so that its screen can say "waiting". */
export function rolesOf(standings: readonly Standing[]): Role[] {
  return roles.filter((role) => standings.some((standing) => standing.role === role && standing.status !== "none"));
}
