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
};

/** What an answer says of a copy. Of a file of several blocks it is the root, checked by its hash, that says too large: it is none the worse. */
const stateOf = ({ codec }: ContentReference, { code }: ChartkeyError): CopyState =>
  code === "STORE_TOO_LARGE" && codec === 0 ? "damaged" : (FOUND[code] ?? "unknown");

function orOurs(error: unknown): ChartkeyError {
  if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
  return error;
}

/** Reads a file of any size, every byte checked, and keeps none of it. */
async function check(store: ContentStore, reference: ContentReference, scope: FileScope): Promise<void> {
  if (reference.codec === 0) await store.getDocument(reference.digest, scope);
  else for await (const _ of store.read(reference, scope, Infinity));
}

/**
 * Reads a file from each store, every byte checked by its hash, and copies it from one that has it to those that lack it or hold something
 * else; what was copied is read once more. A file of several blocks of which one is damaged breaks off while it is sent, and looks like
 * silence: it is copied as well. Files of any size are checked; what is larger than `ContentStore.get` reads is not copied, and its copy's
 * `cause` is `STORE_TOO_LARGE`.
 * Throws `WALLET_REJECTED`; what a store answers is in its copy's `cause`.
 */
export async function repairFile(
  stores: readonly ContentStore[],
  reference: ContentReference,
  scope: FileScope,
  { checkOnly = false } = {},
): Promise<Copy[]> {
  const look = async (store: ContentStore): Promise<Copy> => {
    try {
      await check(store, reference, scope);
      return { store: originOf(store), found: "held", held: true };
    } catch (error) {
      const cause = orOurs(error);
      return { store: originOf(store), found: stateOf(reference, cause), held: false, cause };
    }
  };
  const copies = await Promise.all(stores.map(look));
  const source = stores[copies.findIndex(({ held }) => held)];
  if (checkOnly || source === undefined || copies.every(({ held }) => held)) return copies;
  let reading: Promise<Bytes> | undefined;
  const mend = async (copy: Copy, index: number): Promise<Copy> => {
    const brokenOff = reference.codec === 1 && copy.cause?.code === "STORE_UNREACHABLE";
    if (copy.held || (copy.found === "unknown" && !brokenOff)) return copy;
    const store = stores[index]!;
    try {
      reading ??= source.get(reference, scope);
      await store.put(await reading, scope);
      await check(store, reference, scope);
      return { ...copy, found: brokenOff ? "damaged" : copy.found, held: true };
    } catch (error) {
      return { ...copy, cause: orOurs(error) };
    }
  };
  return Promise.all(copies.map(mend));
}
