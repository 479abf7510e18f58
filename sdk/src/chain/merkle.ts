import { type Address, type Hex, concatHex, encodeAbiParameters, parseAbiParameters, sha256 } from "viem";
import type { LedgerContext } from "./head.ts";

/** One record of a batch. */
export interface BatchLeaf {
  patient: Address;
  author: Address;
  index: number;
  category: number;
  codec: 0 | 1;
  payload: Hex;
}

const LEAF = parseAbiParameters("uint256, address, address, address, uint32, uint8, uint8, bytes32");

export function leafHash(
  { chainId, registry }: LedgerContext,
  { patient, author, index, category, codec, payload }: BatchLeaf,
): Hex {
  const fields = encodeAbiParameters(LEAF, [
    BigInt(chainId),
    registry,
    patient,
    author,
    index,
    category,
    codec,
    payload,
  ]);
  return sha256(concatHex(["0x00", fields]));
}

/** Leaves below the left half of a tree: the largest power of two that is smaller than their number. */
const leftSize = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1);

/** Root of at least one leaf hash, in the shape of RFC 6962: no leaf is counted twice. */
export function merkleRoot(leaves: Hex[]): Hex {
  if (leaves.length === 1) return leaves[0]!;
  const left = leftSize(leaves.length);
  return sha256(concatHex(["0x01", merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left))]));
}

/** The siblings from a leaf up to the root (RFC 9162, 2.1.3.1). */
export function merkleProof(leaves: Hex[], index: number): Hex[] {
  if (leaves.length === 1) return [];
  const left = leftSize(leaves.length);
  const [first, rest] = [leaves.slice(0, left), leaves.slice(left)];
  return index < left
    ? [...merkleProof(first, index), merkleRoot(rest)]
    : [...merkleProof(rest, index - left), merkleRoot(first)];
}
