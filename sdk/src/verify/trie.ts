import { type Hex, keccak256, numberToHex, toRlp } from "viem";
import { rlpInteger } from "./header.ts";

/** An RLP item: bytes, or a list of items. */
type Item = Hex | readonly Item[];

interface Leaf {
  /** Key in half bytes. */
  path: number[];
  value: Hex;
}

/** Hex-prefix encoding of a path (Yellow Paper, appendix C). */
function hexPrefix(path: readonly number[], isLeaf: boolean): Hex {
  const flag = (isLeaf ? 2 : 0) + (path.length % 2);
  const nibbles = path.length % 2 === 0 ? [flag, 0, ...path] : [flag, ...path];
  return `0x${nibbles.map((nibble) => nibble.toString(16)).join("")}`;
}

/** A node stands in its parent itself when it is shorter than a hash. */
function reference(node: Item): Item {
  const rlp = toRlp(node);
  return rlp.length - 2 < 64 ? node : keccak256(rlp);
}

function sharedLength(leaves: readonly Leaf[], from: number): number {
  const [first, ...others] = leaves;
  let length = from;
  while (others.every(({ path }) => length < path.length && path[length] === first!.path[length])) length++;
  return length;
}

function node(leaves: readonly Leaf[], depth: number): Item {
  if (leaves.length === 1) return [hexPrefix(leaves[0]!.path.slice(depth), true), leaves[0]!.value];
  const shared = sharedLength(leaves, depth);
  if (shared > depth) return [hexPrefix(leaves[0]!.path.slice(depth, shared), false), reference(node(leaves, shared))];
  const children = Array.from({ length: 16 }, (_, nibble): Item => {
    const below = leaves.filter(({ path }) => path[depth] === nibble);
    return below.length === 0 ? "0x" : reference(node(below, depth + 1));
  });
  return [...children, "0x"];
}

/**
 * Root of the Merkle Patricia trie over a list (Yellow Paper, appendix D): keys are the RLP of the indices, none of which begins another.
 * With the encoded receipts of a block it is the header's receiptsRoot.
 */
export function listRoot(values: readonly Hex[]): Hex {
  if (values.length === 0) return keccak256(toRlp("0x"));
  const leaves = values.map((value, index): Leaf => {
    const key = toRlp(rlpInteger(numberToHex(index)));
    return { path: [...key.slice(2)].map((digit) => Number.parseInt(digit, 16)), value };
  });
  return keccak256(toRlp(node(leaves, 0)));
}
