import { RLP, type NestedUint8Array } from "@ethereumjs/rlp";
import { bytesToUnprefixedHex, KECCAK256_RLP_S, type BatchDBOp, type DB } from "@ethereumjs/util";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { PowchainError } from "./errors.ts";
import type { Node, NodePack } from "./node-pack.ts";

const EMPTY_ROOT = KECCAK256_RLP_S.slice(2);
const HASH_LENGTH = EMPTY_ROOT.length;

/**
 * The state tries of all blocks. Nodes are found by their own hash, so that those of a block add to those before it, and one that was
 * read from disk proves itself: it is hashed when it is first used.
 */
export class NodeStore {
  readonly #nodes = new Map<string, Uint8Array>();
  readonly #unproved = new Map<string, NodePack>();
  readonly #onDamage: () => void;

  /** @param onDamage told when a node is missing or has another hash, before the error is thrown */
  constructor(onDamage: () => void) {
    this.#onDamage = onDamage;
  }

  /** @throws PowchainError POWCHAIN_STATE_DAMAGED */
  get(hash: string): Uint8Array {
    const value = this.#nodes.get(hash) ?? this.#prove(hash);
    if (value) return value;
    this.#onDamage();
    throw new PowchainError(
      "POWCHAIN_STATE_DAMAGED",
      `The state on disk is damaged (node ${hash}); the blocks are not. Start again: all blocks are then executed again, which makes it anew.`,
    );
  }

  has(hash: string): boolean {
    return this.#nodes.has(hash) || this.#unproved.has(hash);
  }

  /** Takes the nodes of a block that was just executed. */
  add(nodes: readonly Node[]): void {
    for (const [hash, value] of nodes) this.#nodes.set(hash, value);
  }

  /** Takes the nodes of a block as they were read from disk. */
  load(nodes: NodePack): void {
    for (const hash of nodes.hashes) this.#unproved.set(hash, nodes);
  }

  #prove(hash: string): Uint8Array | undefined {
    const value = this.#unproved.get(hash)?.node(hash);
    this.#unproved.delete(hash);
    if (!value || bytesToUnprefixedHex(keccak_256(value)) !== hash) return undefined;
    this.#nodes.set(hash, value);
    return value;
  }
}

/** What EthereumJS takes for its database: reads the nodes of all blocks, and keeps to itself what is written. */
export class NodeLayer implements DB<string, Uint8Array> {
  readonly #store: NodeStore;
  readonly #written = new Map<string, Uint8Array>();

  constructor(store: NodeStore) {
    this.#store = store;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    // The one trie that is looked up without being there.
    if (key === EMPTY_ROOT) return undefined;
    const hash = hashOf(key);
    return this.#written.get(hash) ?? this.#store.get(hash);
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    this.#written.set(hashOf(key), value);
  }

  /** Nothing is ever deleted: older blocks keep their state. */
  async del(): Promise<void> {}

  async batch(operations: BatchDBOp<string, Uint8Array>[]): Promise<void> {
    for (const operation of operations) if (operation.type === "put") await this.put(operation.key, operation.value);
  }

  shallowCopy(): this {
    return this;
  }

  async open(): Promise<void> {}

  /**
   * What was written and belongs to the state with this root, and to none before it. The tries write a path for each change; all but the
   * last are rubbish.
   */
  newNodes(root: Uint8Array): Node[] {
    const found = new Map<string, Uint8Array>();
    const visit = (hash: string, isNode: boolean) => {
      const value = this.#written.get(hash);
      if (!value || found.has(hash) || this.#store.has(hash)) return;
      found.set(hash, value);
      if (isNode) for (const child of children(RLP.decode(value))) visit(child.hash, child.isNode);
    };
    visit(bytesToUnprefixedHex(root), true);
    return [...found];
  }
}

/** EthereumJS puts a "c" before the hash of code. What is found by its content needs no such distinction. */
function hashOf(key: string): string {
  return key.slice(-HASH_LENGTH);
}

interface Child {
  readonly hash: string;
  readonly isNode: boolean;
}

/** What a trie node refers to (Yellow Paper, appendix D): nodes, and for an account its storage and its code. */
function children(node: Uint8Array | NestedUint8Array): Child[] {
  if (!Array.isArray(node)) return [];
  if (node.length !== 2) return node.flatMap(reference);
  const [path, value] = node as [Uint8Array, Uint8Array];
  const isLeaf = (path[0]! & 0x20) !== 0;
  return isLeaf ? ofAccount(RLP.decode(value)) : reference(value);
}

/** Nodes shorter than a hash stand in their parent, and are too short to refer to others. */
function reference(item: Uint8Array | NestedUint8Array): Child[] {
  return item instanceof Uint8Array && item.length === 32 ? [{ hash: bytesToUnprefixedHex(item), isNode: true }] : [];
}

/** An account is a list of four; a value in storage is a string. */
function ofAccount(value: Uint8Array | NestedUint8Array): Child[] {
  if (!Array.isArray(value)) return [];
  const [, , storageRoot, codeHash] = value as Uint8Array[];
  return [...reference(storageRoot!), { hash: bytesToUnprefixedHex(codeHash!), isNode: false }];
}
