import type { Block } from "@ethereumjs/block";
import { RLP, type NestedUint8Array } from "@ethereumjs/rlp";
import { bytesToInt } from "@ethereumjs/util";
import { Header } from "./header.ts";

/** The first byte of a list with more than 55 bytes is this and the number of bytes that its length takes (Yellow Paper, appendix B). */
const LONG_LIST = 0xf7;

/** A block as it is on disk, taken apart as far as it is needed to check it. */
export interface StoredBlock {
  readonly encoded: Uint8Array;
  readonly header: Header;
  /** Each as in the transactions trie: typed ones as bytes, legacy ones as RLP. */
  readonly transactions: readonly Uint8Array[];
  /** Known when the block was made here. */
  readonly block?: Block;
}

/** @throws Error when these are not the three parts of a block without uncles */
export function readBlock(encoded: Uint8Array): StoredBlock {
  const start = 1 + encoded[0]! - LONG_LIST;
  if (start < 2 || bytesToInt(encoded.subarray(1, start)) !== encoded.length - start)
    throw new Error("it is not a list");
  const parts = encoded.subarray(start);
  const { data: header, remainder: afterHeader } = RLP.decode(parts, true);
  const { data: transactions, remainder: uncles } = RLP.decode(afterHeader, true);
  const noUncles = RLP.decode(uncles);
  if (!isList(header) || !isList(transactions)) throw new Error("header or transactions are not lists");
  if (!isList(noUncles) || noUncles.length > 0) throw new Error("uncles are not allowed");
  return {
    encoded,
    header: new Header(parts.subarray(0, parts.length - afterHeader.length), header as Uint8Array[]),
    transactions: transactions.map((item) => (isList(item) ? RLP.encode(item) : item)),
  };
}

/** The same of a block that was just made. */
export function storedBlock(block: Block): StoredBlock {
  return { ...readBlock(block.serialize()), block };
}

function isList(item: Uint8Array | NestedUint8Array): item is NestedUint8Array {
  return Array.isArray(item);
}
