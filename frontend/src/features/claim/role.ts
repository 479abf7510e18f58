const roles = [null, "patient", "doctor", "pharmacist"] as const;

export type InvitedRole = Exclude<(typeof roles)[number], null>;

/** The role of a voucher by its number in the contracts; null for a number that is none. */
export function invitedRole(code: number): InvitedRole | null {
  return roles[code] ?? null;
}
