import type { CID } from "multiformats/cid";
import type { Blocks } from "./blocks.ts";
import type { BlockKey } from "./cid.ts";
import { blockKey } from "./cid.ts";
import { listDag } from "./dag.ts";
import type { Leases } from "./leases.ts";
import type { Pins } from "./pins.ts";

/** What a collection works on. */
export interface Collectable {
  readonly blocks: Blocks;
  readonly pins: Pins;
  readonly leases: Leases;
}

/**
 * Removes every block of `candidates` that no pin reaches and no running request holds, yielding the CIDs removed. Uploads go on
 * meanwhile. One collection at a time: the caller sees to that.
 * @throws StoreError before anything is removed, when a pinned DAG cannot be walked to its end
 */
export async function* collectGarbage(
  { blocks, pins, leases }: Collectable,
  candidates: AsyncIterable<CID> | Iterable<CID>,
): AsyncGenerator<CID> {
  const held = leases.beginCollection();
  try {
    const reachable = new Set<BlockKey>();
    for (const root of pins.roots()) {
      for await (const cid of listDag(blocks, root)) reachable.add(blockKey(cid));
    }
    const isNeeded = (key: BlockKey): boolean => reachable.has(key) || held.has(key);
    for await (const cid of candidates) {
      if (await blocks.deleteUnless(cid, isNeeded)) yield cid;
    }
  } finally {
    leases.endCollection();
  }
}
