import { RLP } from "@ethereumjs/rlp";
import { unprefixedHexToBytes } from "@ethereumjs/util";

/** A trie node or the code of a contract, by its Keccak-256 as hex without prefix. */
export type Node = readonly [hash: string, value: Uint8Array];

const HASH_BYTES = 32;
const HASH_DIGITS = 2 * HASH_BYTES;

/** The nodes of a block as they are on disk, and are left until one of them is needed. */
export class NodePack {
  readonly hashes: readonly string[];
  readonly #nodes: Uint8Array;

  /**
   * @param hashes of all nodes, joined
   * @param nodes RLP of the list of them
   * @throws Error when the hashes do not come out even
   */
  constructor(hashes: Uint8Array, nodes: Uint8Array) {
    if (hashes.length % HASH_BYTES !== 0) throw new Error("it has a part of a hash");
    const digits = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length).toString("hex");
    const each: string[] = [];
    for (let at = 0; at < digits.length; at += HASH_DIGITS) each.push(digits.slice(at, at + HASH_DIGITS));
    this.hashes = each;
    this.#nodes = nodes;
  }

  static encode(nodes: readonly Node[]): [hashes: Uint8Array, nodes: Uint8Array] {
    const hashes = unprefixedHexToBytes(nodes.map(([hash]) => hash).join(""));
    return [hashes, RLP.encode(nodes.map(([, node]) => node))];
  }

  /** What stands in the place of the node; undefined when nothing does. */
  node(hash: string): Uint8Array | undefined {
    const node = RLP.decode(this.#nodes)[this.hashes.indexOf(hash)];
    return node instanceof Uint8Array ? node : undefined;
  }
}
