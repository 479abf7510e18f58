import type { Address, Hex } from "viem";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import type { CategoryKey } from "../crypto/wraps.ts";
import type { ContentReference } from "../storage/cid.ts";
import type { FileScope } from "../storage/scope.ts";

/** The category of prescriptions. */
export const MEDICATION = 4;

/** What the chain is told of a parcel besides its digests. */
export type Anchoring =
  | { readonly kind: "record"; readonly category: number }
  | { readonly kind: "batch"; readonly categories: number; readonly count: number; readonly root: Hex }
  | { readonly kind: "order"; readonly counts: string; readonly expiry: number; readonly dispenseKey: Address };

/** The categories of what is anchored, as a mask. */
export function categoriesIn(anchoring: Anchoring): number {
  switch (anchoring.kind) {
    case "record":
      return 1 << anchoring.category;
    case "batch":
      return anchoring.categories;
    case "order":
      return 1 << MEDICATION;
  }
}

/** A ciphertext and what it belongs to. */
export interface ParcelFile {
  readonly bytes: Bytes;
  readonly scope: FileScope;
}

/** A file that a store has, and what it belongs to. */
export interface StoredFile {
  readonly reference: ContentReference;
  readonly scope: FileScope;
}

/**
 * A write that is sealed and on its way into a chart: enough to store and anchor it once more without making another of it. The ledger
 * will name `payload`, by which it is recognised. Who may read is asked anew each time, so that the wraps are not part of it.
 */
export interface Parcel {
  readonly patient: Address;
  readonly author: Address;
  readonly payload: ContentReference;
  readonly files: readonly ParcelFile[];
  /** Large files of it that were stored before. */
  readonly stored?: readonly StoredFile[];
  /** Content keys, to be sealed to the readers of their categories. */
  readonly keys: readonly CategoryKey[];
  /** Whose the wraps document is. */
  readonly scope: FileScope;
  /** Sealed to the patient alone. */
  readonly patientOnly?: Bytes;
  /** Whether nobody but the patient is to read it. */
  readonly alone?: boolean;
  /** Digests of further files that it brings with it. */
  readonly brings?: readonly Hex[];
  /** Digests of documents of earlier entries that it says to be erased. */
  readonly erases?: readonly Hex[];
  /** Digest of the staged list that it was made of: of one list there is one parcel. */
  readonly origin?: Hex;
  readonly anchoring: Anchoring;
}

/** A parcel as JSON. It holds content keys: to be sealed before it is kept anywhere. */
export type ParcelDocument = ReturnType<typeof encodeParcel>;

export function encodeParcel({ files, keys, patientOnly, ...plain }: Parcel) {
  return {
    ...plain,
    files: files.map(({ bytes, scope }) => ({ bytes: toBase64Url(bytes), scope })),
    keys: keys.map(({ category, key }) => ({ category, key: toBase64Url(key) })),
    ...(patientOnly === undefined ? {} : { patientOnly: toBase64Url(patientOnly) }),
  };
}

export function decodeParcel({ files, keys, patientOnly, ...plain }: ParcelDocument): Parcel {
  return {
    ...plain,
    files: files.map(({ bytes, scope }) => ({ bytes: fromBase64Url(bytes), scope })),
    keys: keys.map(({ category, key }) => ({ category, key: fromBase64Url(key, 32) })),
    ...(patientOnly === undefined ? {} : { patientOnly: fromBase64Url(patientOnly) }),
  };
}
