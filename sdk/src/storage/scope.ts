import type { Address } from "viem";

/**
 * What a file in a store belongs to, and so whom a store hands it to (docs/protocol.md, Access to a store): readers of one of these
 * categories of a chart, one account or hospital, whoever claims an invitation, everybody, or whoever has a link.
 */
export type FileScope =
  | {
      readonly kind: "chart";
      /** The patient. */
      readonly owner: Address;
      /** Mask of categories. */
      readonly categories: number;
      /** At uploading: a reader who needs no grant for this file. */
      readonly to?: Address;
      /** Unix seconds from which that reader is given it no more; when absent, never. */
      readonly until?: number;
    }
  | { readonly kind: "letter"; readonly owner: Address }
  | {
      readonly kind: "staged";
      /** The invitation's claim key. */
      readonly owner: Address;
      /** At uploading: the voucher that says until when it is kept. */
      readonly voucher?: string;
    }
  | { readonly kind: "public" }
  /** Health links of a patient: no file is uploaded as one. */
  | { readonly kind: "link"; readonly owner: Address };

export const PUBLIC_FILE: FileScope = { kind: "public" };

/** A file of one category of a chart. */
export function categoryFile(owner: Address, category: number, to?: Address, until?: number): FileScope {
  return chartFile(owner, 1 << category, to, until);
}

/** A file of a chart; `categories` is a mask, `to` a reader who is given it without a grant, before `until` (Unix seconds). */
export function chartFile(owner: Address, categories: number, to?: Address, until?: number): FileScope {
  const named = { ...(to === undefined ? {} : { to }), ...(until === undefined ? {} : { until }) };
  return { kind: "chart", owner, categories, ...named };
}

/** A small file for one account, or for the admins of a hospital by its contract's address. */
export function letterTo(owner: Address): FileScope {
  return { kind: "letter", owner };
}

/** A file for whoever claims an invitation, by its claim key; an upload names the voucher. */
export function stagedFile(owner: Address, voucher?: string): FileScope {
  return { kind: "staged", owner, ...(voucher === undefined ? {} : { voucher }) };
}

/** Whether two files belong to the same, so that they may be sent or asked for together. */
export const sameScope = (left: FileScope, right: FileScope): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right);

/** What a reader signs of it: not what an upload says besides. */
export function signedPart(scope: FileScope): Record<string, string | number> {
  const { kind } = scope;
  if (kind === "public") return { kind };
  const { owner } = scope;
  return kind === "chart" ? { kind, owner, categories: scope.categories } : { kind, owner };
}
