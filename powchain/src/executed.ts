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

/** RLP of [[receipts], hashes of the nodes joined, RLP of [nodes]]. Which block it is of follows from the roots in the header. */
export function encodeExecuted({ receipts, nodes }: Executed): Uint8Array {
  return RLP.encode([[...receipts], ...NodePack.encode(nodes)]);
}

/**
 * @param before nodes of the states before
 * @throws Error when receipts or the root of the state are not those of the header
 */
export async function decodeExecuted(header: Header, encoded: Uint8Array, before: NodeStore): Promise<SavedExecuted> {
  const [receipts, hashes, values] = RLP.decode(encoded) as unknown as [Uint8Array[], Uint8Array, Uint8Array];
  if (!equalsBytes(await listRoot(receipts), header.receiptsRoot)) {
    throw new Error("its receipts are not those of the block");
  }
  const nodes = new NodePack(hashes, values);
  const root = bytesToUnprefixedHex(header.stateRoot);
  if (!nodes.hashes.includes(root) && !before.has(root)) throw new Error("the root of the state is missing");
  return { receipts, nodes };
}
