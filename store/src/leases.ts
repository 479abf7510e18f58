import type { BlockKey } from "./cid.ts";

/** Blocks one running request depends on before it has pinned them. */
export class Lease {
  readonly #keys = new Set<BlockKey>();
  readonly #leases: Leases;

  constructor(leases: Leases) {
    this.#leases = leases;
  }

  /** Keeps a block from garbage collection. Must be called before the block is looked for or written. */
  hold(key: BlockKey): void {
    this.#keys.add(key);
    this.#leases.held(key);
  }

  get keys(): ReadonlySet<BlockKey> {
    return this.#keys;
  }

  /** Ends the request: from the next collection on, only pins protect its blocks. */
  release(): void {
    this.#leases.close(this);
  }
}

/** Every lease of the store, and what a running collection must spare because of them. */
export class Leases {
  readonly #open = new Set<Lease>();
  #spared: Set<BlockKey> | undefined;

  open(): Lease {
    const lease = new Lease(this);
    this.#open.add(lease);
    return lease;
  }

  close(lease: Lease): void {
    this.#open.delete(lease);
  }

  held(key: BlockKey): void {
    this.#spared?.add(key);
  }

  /**
   * Starts a collection. The returned set grows with every block leased until endCollection, and never shrinks: a
   * request that pinned its blocks and ended meanwhile did so after the collection had read the pins.
   */
  beginCollection(): ReadonlySet<BlockKey> {
    this.#spared = new Set<BlockKey>();
    for (const lease of this.#open) for (const key of lease.keys) this.#spared.add(key);
    return this.#spared;
  }

  endCollection(): void {
    this.#spared = undefined;
  }
}
