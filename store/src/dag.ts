import * as dagPb from "@ipld/dag-pb";
import type { CID } from "multiformats/cid";
import type { Blocks } from "./blocks.ts";
import { assertSupported, blockKey, dagKey } from "./cid.ts";
import { StoreError } from "./errors.ts";
import type { Lease } from "./leases.ts";

/**
 * CIDs a block links to, in order. A raw block has none.
 * @throws StoreError STORE_CID_UNSUPPORTED, STORE_REQUEST_INVALID when the bytes are not dag-pb
 */
export function linksOf(cid: CID, bytes: Uint8Array): CID[] {
  if (cid.code !== dagPb.code) return [];
  let links: CID[];
  try {
    links = dagPb.decode(bytes).Links.map((link) => link.Hash);
  } catch (error) {
    throw new StoreError("STORE_REQUEST_INVALID", `block ${cid} is not valid dag-pb`, { cause: error });
  }
  links.forEach(assertSupported);
  return links;
}

/**
 * Visits every CID of a DAG once, depth first, parents before children and siblings in order, without recursion (a
 * hostile DAG can be deeper than the stack).
 * @param visit returns the children to go on with
 */
async function* traverse<T>(root: CID, visit: (cid: CID) => Promise<[T, CID[]]>): AsyncGenerator<T> {
  const seen = new Set<string>();
  const stack = [root];
  for (let cid = stack.pop(); cid; cid = stack.pop()) {
    const key = dagKey(cid);
    if (seen.has(key)) continue;
    seen.add(key);
    const [value, links] = await visit(cid);
    yield value;
    for (const link of links.reverse()) if (!seen.has(dagKey(link))) stack.push(link);
  }
}

/** A block with the CID it was reached by. */
export interface Block {
  readonly cid: CID;
  readonly bytes: Uint8Array;
}

/** Every block of a DAG, verified, in the order a CAR file wants. */
export function readDag(blocks: Blocks, root: CID): AsyncGenerator<Block> {
  return traverse(root, async (cid) => {
    const bytes = await blocks.get(cid);
    return [{ cid, bytes }, linksOf(cid, bytes)];
  });
}

/** Every CID of a DAG. Reads the inner nodes only: leaves are most of the bytes and have nothing to follow. */
export function listDag(blocks: Blocks, root: CID): AsyncGenerator<CID> {
  return traverse(root, async (cid) => [cid, cid.code === dagPb.code ? linksOf(cid, await blocks.get(cid)) : []]);
}

/**
 * Makes sure that a DAG is complete, holding all of it.
 * @throws StoreError STORE_BLOCK_MISSING, STORE_BLOCK_CORRUPT, STORE_CID_UNSUPPORTED, STORE_REQUEST_INVALID
 */
export async function holdDag(blocks: Blocks, root: CID, lease: Lease): Promise<void> {
  const visits = traverse(root, async (cid) => {
    lease.hold(blockKey(cid));
    if (cid.code === dagPb.code) return [cid, linksOf(cid, await blocks.get(cid))];
    if (await blocks.has(cid)) return [cid, []];
    throw new StoreError("STORE_BLOCK_MISSING", `block was not found locally (offline): could not find ${cid}`);
  });
  while (!(await visits.next()).done);
}
