import type { Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { parseDocument } from "../json.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { leafHash, merkleRoot } from "../chain/merkle.ts";
import type { ContentReference } from "../storage/cid.ts";
import { fromScope } from "./consent.ts";
import { type ReadSession, entryFile } from "./session.ts";

/** Where a file stands among the records of batches. */
export interface BatchSearch {
  found: { recordId: Hex; index: number; category: number }[];
  /** Batches whose list of records no store delivered whole: what is in them is not known. */
  unknown: Hex[];
}

const isHash = (value: unknown): value is Hex => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value);

/** The leaf hashes of a batch from its manifest; undefined when it is not to be had or does not give the anchored root. */
async function readLeaves({ store }: ReadSession, entry: LedgerEntry): Promise<ReadonlySet<string> | undefined> {
  const { payload, batch } = entry;
  try {
    const { leaves } = parseDocument(await store.getDocument(payload, entryFile(entry)), "batch manifest");
    if (!Array.isArray(leaves) || leaves.length !== batch?.count || !leaves.every(isHash)) return undefined;
    return merkleRoot(leaves) === batch.root ? new Set(leaves) : undefined;
  } catch (error) {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  }
}

/**
 * Looks for a file among the records of batches. A batch keeps the digests of its records to itself, but a leaf can be computed from a
 * file that is at hand. Needs no key.
 */
export async function findInBatches(
  session: ReadSession,
  entries: readonly LedgerEntry[],
  { codec, digest: payload }: ContentReference,
): Promise<BatchSearch> {
  const { id: chainId, deployment } = session.chain;
  const context = { chainId, registry: deployment.records };
  const result: BatchSearch = { found: [], unknown: [] };
  for (const entry of entries.filter(({ kind }) => kind === "batch")) {
    const leaves = await readLeaves(session, entry);
    if (leaves === undefined) {
      result.unknown.push(entry.recordId);
      continue;
    }
    const { patient, author, recordId } = entry;
    for (const category of fromScope(entry.categories))
      for (let index = 0; index < (entry.batch?.count ?? 0); index++)
        if (leaves.has(leafHash(context, { patient, author, index, category, codec, payload })))
          result.found.push({ recordId, index, category });
  }
  return result;
}
