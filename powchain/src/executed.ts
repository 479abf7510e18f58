import { RLP } from "@ethereumjs/rlp";
import { bytesToUnprefixedHex, equalsBytes } from "@ethereumjs/util";
import type { Header } from "./header.ts";
import { listRoot } from "./list-root.ts";
import { NodePack, type Node } from "./node-pack.ts";
import type { NodeStore } from "./nodes.ts";

/** What executing a block gives. */
export interface Executed {
  /** As in the receipts trie. */
  readonly receipts: readonly Uint8Array[];
  /** Nodes of the state after the block that no state before it has. */
  readonly nodes: readonly Node[];
}

/** The same, read from disk. */
export interface SavedExecuted {
  readonly receipts: readonly Uint8Array[];
  readonly nodes: NodePack;
}

/** RLP of [block hash, [receipts], hashes of the nodes joined, RLP of [nodes]]. */
export function encodeExecuted({ hash }: Header, { receipts, nodes }: Executed): Uint8Array {
  return RLP.encode([hash, [...receipts], ...NodePack.encode(nodes)]);
}

/**
 * @param before nodes of the states before
 * @throws Error when this is not of the block, or receipts or the root of the state are not those of its header
 */
export async function decodeExecuted(header: Header, encoded: Uint8Array, before: NodeStore): Promise<SavedExecuted> {
  const parts = RLP.decode(encoded) as unknown as [Uint8Array, Uint8Array[], Uint8Array, Uint8Array];
  const [hash, receipts, hashes, values] = parts;
  if (!equalsBytes(hash, header.hash)) throw new Error("it is of another block");
  if (!equalsBytes(await listRoot(receipts), header.receiptsRoot)) {
    throw new Error("its receipts are not those of the block");
  }
  const nodes = new NodePack(hashes, values);
  const root = bytesToUnprefixedHex(header.stateRoot);
  if (!nodes.hashes.includes(root) && !before.has(root)) throw new Error("the root of the state is missing");
  return { receipts, nodes };
}
