import { type Address, type Hex, bytesToHex } from "viem";
import { type Bytes, sha256 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { merkleRoot } from "../chain/merkle.ts";
import { readReceiptBatches } from "../chain/receipt-batches.ts";
import { transact } from "../chain/transact.ts";
import { accessLogAbi } from "../generated/abi/AccessLog.ts";
import { PUBLIC_FILE } from "../storage/scope.ts";
import type { ReadSession, Session } from "./session.ts";

const LEAF_BYTES = 32;
/** A store publishes a day's receipts when the day is over: so long after a receipt, by the chain's time, it has done so. In seconds. */
const PUBLISHED_WITHIN = 48 * 3600;
/** How long a store waits for the chain, in milliseconds. */
const PATIENCE = 30_000;

/** Whether a receipt is among those that its store published: since when (Unix seconds), not yet, not although it should be, or not known. */
export type ReceiptAnchoring =
  { readonly state: "anchored"; readonly time: number } | { readonly state: "waiting" | "missing" | "unknown" };

function toLeaves(list: Bytes): Hex[] {
  return Array.from({ length: list.length / LEAF_BYTES }, (_, index) =>
    bytesToHex(list.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES)),
  );
}

/**
 * Publishes the leaves of a store's receipts under the session's account (docs/protocol.md, Receipts): the list as a public file, its root on
 * the chain. Does nothing when that was done. Throws what the store, the chain and `transact` throw.
 * @param leaves 32 bytes each, 1 to 32,768 of them.
 */
export async function publishReceipts({ chain, store, wallet }: Session, leaves: Bytes): Promise<void> {
  const manifest = bytesToHex(await sha256(leaves));
  const { address: account } = wallet.account;
  const published = await readReceiptBatches(chain, account);
  if (published.some((batch) => batch.manifest === manifest)) return;
  await store.put(leaves, PUBLIC_FILE);
  const hashes = toLeaves(leaves);
  const call = { address: chain.deployment.accessLog, abi: accessLogAbi, functionName: "publishReceipts" } as const;
  const args = [merkleRoot(hashes), hashes.length, manifest] as const;
  await transact(chain, wallet, { ...call, args }, { patience: PATIENCE });
}

/** The receipts that a store published under an account: held against the roots on the chain. */
export class PublishedReceipts {
  readonly #since: ReadonlyMap<Hex, number>;
  readonly #now: number;

  private constructor(since: ReadonlyMap<Hex, number>, now: number) {
    this.#since = since;
    this.#now = now;
  }

  /**
   * Reads what was published at or after a time. Throws `RECEIPTS_INCOMPLETE`, `RECEIPTS_FALSE_ROOT` when a list does not give its root, and
   * what the store throws.
   * @param from Unix seconds.
   */
  static async read({ chain, store }: ReadSession, account: Address, from: number): Promise<PublishedReceipts> {
    const [published, { timestamp }] = await Promise.all([readReceiptBatches(chain, account), chain.client.getBlock()]);
    const batches = published.filter(({ time }) => time >= from);
    const since = new Map<Hex, number>();
    for (const { manifest, root, count, time } of batches) {
      const list = await store.getDocument(manifest, PUBLIC_FILE);
      const leaves = toLeaves(list);
      if (list.length !== count * LEAF_BYTES || merkleRoot(leaves) !== root)
        throw new ChartkeyError(
          "RECEIPTS_FALSE_ROOT",
          "What a store published of its receipts does not hold together. Do not rely on what it says.",
          { details: { account, manifest } },
        );
      for (const leaf of leaves) if (!since.has(leaf)) since.set(leaf, time);
    }
    return new PublishedReceipts(since, Number(timestamp));
  }

  /** @param time Unix seconds, by the store's clock. */
  anchoringOf(leaf: Hex, time: number): ReceiptAnchoring {
    const since = this.#since.get(leaf);
    if (since !== undefined) return { state: "anchored", time: since };
    return { state: this.#now > time + PUBLISHED_WITHIN ? "missing" : "waiting" };
  }
}
