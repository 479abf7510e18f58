import { sameAddress, type Consent, type ConsentChange } from "@chartkey/sdk";

/** What became of a change of consent. `by` is the number (from 1) of the change that did it. */
export type ConsentState =
  /** A grant whose time is not over and that nothing replaced. Whether it counts also depends on the doctor's membership. */
  | { readonly kind: "open" }
  | { readonly kind: "expired" }
  | { readonly kind: "ended" | "replaced"; readonly by: number }
  /** An end, or a succession, is not itself ended. */
  | { readonly kind: "end" };

/** What became of each change, in their order, at a time in Unix seconds. A later change to the same account decides. */
export function consentStates(changes: readonly ConsentChange[], now: number): ConsentState[] {
  return changes.map((change, index) => {
    if (change.kind !== "grant") return { kind: "end" };
    // A succession ends the grant that the successor had, and no other.
    const next = changes.findIndex((later, at) => at > index && sameAddress(later.grantee, change.grantee));
    const later = changes[next];
    if (later) return { kind: later.kind === "grant" ? "replaced" : "ended", by: next + 1 };
    return { kind: change.expiry <= now ? "expired" : "open" };
  });
}

/** What a change of a patient's consent is. To end his own access, which he has not as a grant, names a new keyring and nothing else. */
export function kindOf({ kind, grantee }: ConsentChange, { patient }: Pick<Consent, "patient">) {
  return kind === "revoke" && sameAddress(grantee, patient) ? "renewal" : kind;
}
