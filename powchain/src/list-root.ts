import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import { KECCAK256_RLP } from "@ethereumjs/util";
import { keccak_256 } from "@noble/hashes/sha3.js";

/** Path of a leaf that is the whole trie of a list of one: the RLP of index 0, with the flag of leaves (Yellow Paper, appendix C). */
const ONLY_PATH = Uint8Array.of(0x20, ...RLP.encode(0));

/** Root of the trie over a list, with the RLP of the indices as keys: the roots of transactions and receipts in a header. */
export async function listRoot(values: readonly Uint8Array[]): Promise<Uint8Array> {
  const [first, ...others] = values;
  if (!first) return KECCAK256_RLP;
  // Most blocks have one transaction, and a trie of one leaf needs no trie.
  if (others.length === 0) return keccak_256(RLP.encode([ONLY_PATH, first]));
  const trie = await createMPT();
  for (const [index, value] of values.entries()) await trie.put(RLP.encode(index), value);
  return trie.root();
}
