import type { ReceiptLog } from "./receipts.ts";

/** Writes down elsewhere, once and for all, which receipts there are: on the chain, under the store's account. */
export interface ReceiptAnchor {
  /** The store's account: an address. */
  readonly account: string;
  /** Publishes the leaves of some receipts, 32 bytes each, and at most `MAX_LEAVES`; does nothing when they are published. */
  publish(leaves: Uint8Array): Promise<void>;
}

/** Most leaves at a time: their list is one block of a store. */
export const MAX_LEAVES = 32_768;
const LEAF_BYTES = 32;
/** How long after midnight (UTC) the last receipt of a day may still be on its way to the disk, in milliseconds. */
const MARGIN_MS = 5 * 60_000;

/** Publishes the receipts of each day that is over, day after day, oldest first; one that fails does not hold up the next. */
export class ReceiptAnchoring {
  readonly #receipts: ReceiptLog;
  readonly #anchor: ReceiptAnchor;
  readonly #published = new Set<string>();

  constructor(receipts: ReceiptLog, anchor: ReceiptAnchor) {
    this.#receipts = receipts;
    this.#anchor = anchor;
  }

  /** @throws what the first day that failed threw: STORE_DISK_FULL, STORE_IO_FAILED, or what the anchor throws */
  async run(): Promise<void> {
    const today = new Date(Date.now() - MARGIN_MS).toISOString().slice(0, 10);
    const failures: unknown[] = [];
    for (const day of await this.#receipts.days()) {
      if (day >= today || this.#published.has(day)) continue;
      try {
        await this.#publish(day);
        this.#published.add(day);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #publish(day: string): Promise<void> {
    const leaves = await this.#receipts.leavesOf(day);
    for (let at = 0; at < leaves.length; at += MAX_LEAVES * LEAF_BYTES)
      await this.#anchor.publish(leaves.subarray(at, at + MAX_LEAVES * LEAF_BYTES));
  }
}
