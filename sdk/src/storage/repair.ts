import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import type { ContentReference } from "./cid.ts";
import type { ContentStore } from "./content-store.ts";
import { originOf } from "./replicated-store.ts";
import type { FileScope } from "./scope.ts";

/** A copy as it was found: `unknown` when the store did not say. */
export type CopyState = "held" | "missing" | "damaged" | "unknown";

/** What became of one store's copy of a file. */
export interface Copy {
  /** Origin of the store. */
  store: string;
  found: CopyState;
  /** Whether the store delivers the right bytes now. */
  held: boolean;
  /** Why not, or why not at first. */
  cause?: ChartkeyError;
}

const FOUND: Readonly<Record<string, CopyState>> = {
  STORE_NOT_FOUND: "missing",
  STORE_DAMAGED: "damaged",
  STORE_WRONG_BYTES: "damaged",
  STORE_TOO_LARGE: "damaged",
};

function orOurs(error: unknown): ChartkeyError {
  if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
  return error;
}

/**
 * Reads a file from each store, every byte checked by its hash, and copies it from one that has it to those that lack it or hold something
 * else; what was copied is read once more. A file of several blocks of which one is damaged breaks off while it is sent, and looks like
 * silence: it is copied as well.
 * Throws `WALLET_REJECTED`; what a store answers is in its copy's `cause`.
 */
export async function repairFile(
  stores: readonly ContentStore[],
  reference: ContentReference,
  scope: FileScope,
  { checkOnly = false } = {},
): Promise<Copy[]> {
  let whole: Bytes | undefined;
  const check = async (store: ContentStore): Promise<Copy> => {
    try {
      whole = await store.get(reference, scope);
      return { store: originOf(store), found: "held", held: true };
    } catch (error) {
      const cause = orOurs(error);
      return { store: originOf(store), found: FOUND[cause.code] ?? "unknown", held: false, cause };
    }
  };
  const copies = await Promise.all(stores.map(check));
  const bytes = whole;
  if (checkOnly || bytes === undefined) return copies;
  const mend = async (copy: Copy, index: number): Promise<Copy> => {
    const brokenOff = reference.codec === 1 && copy.cause?.code === "STORE_UNREACHABLE";
    if (copy.held || (copy.found === "unknown" && !brokenOff)) return copy;
    const store = stores[index]!;
    try {
      await store.put(bytes, scope);
      await store.get(reference, scope);
      return { ...copy, found: brokenOff ? "damaged" : copy.found, held: true };
    } catch (error) {
      return { ...copy, cause: orOurs(error) };
    }
  };
  return Promise.all(copies.map(mend));
}
