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

/** Root of at least one leaf hash, in the shape of RFC 6962: no leaf is counted twice. */
export function merkleRoot(leaves: Hex[]): Hex {
  if (leaves.length === 1) return leaves[0]!;
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(concatHex(["0x01", merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left))]));
}
