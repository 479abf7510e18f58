import { CID } from "multiformats/cid";
import type { Blocks } from "./blocks.ts";
import { dagKey } from "./cid.ts";
import { holdDag, listDag } from "./dag.ts";
import { StoreError } from "./errors.ts";
import type { Lease } from "./leases.ts";
import { PinLog } from "./pinlog.ts";

/** Recursive pins: the roots whose whole DAG is kept. */
export class Pins {
  readonly #blocks: Blocks;
  readonly #log: PinLog;
  /** By dagKey, so that both CID versions of a root are one pin. */
  readonly #roots: Map<string, CID>;

  private constructor(blocks: Blocks, log: PinLog, roots: Map<string, CID>) {
    this.#blocks = blocks;
    this.#log = log;
    this.#roots = roots;
  }

  /** @throws StoreError STORE_PINS_DAMAGED, STORE_IO_FAILED */
  static async open(dataDir: string, blocks: Blocks): Promise<Pins> {
    const { log, pinned } = await PinLog.open(dataDir);
    const cids = [...pinned].map((text) => CID.parse(text));
    return new Pins(blocks, log, new Map(cids.map((cid) => [dagKey(cid), cid])));
  }

  get count(): number {
    return this.#roots.size;
  }

  /** The pinned roots as of now. */
  roots(): CID[] {
    return [...this.#roots.values()];
  }

  has(cid: CID): boolean {
    return this.#roots.has(dagKey(cid));
  }

  /**
   * Pins a DAG after checking that all of it is here.
   * @throws StoreError STORE_BLOCK_MISSING and what holdDag throws
   */
  async add(cid: CID, lease: Lease): Promise<void> {
    await holdDag(this.#blocks, cid, lease);
    await this.addComplete(cid);
  }

  /** Pins a DAG the caller has just written as a whole, under a lease it still holds. */
  async addComplete(cid: CID): Promise<void> {
    if (this.has(cid)) return;
    await this.#log.append({ sign: "+", cid: cid.toString() });
    this.#roots.set(dagKey(cid), cid);
  }

  /** @throws StoreError STORE_NOT_PINNED */
  async remove(cid: CID): Promise<void> {
    const pinned = this.#roots.get(dagKey(cid));
    if (!pinned) throw new StoreError("STORE_NOT_PINNED", "not pinned or pinned indirectly");
    await this.#log.append({ sign: "-", cid: pinned.toString() });
    this.#roots.delete(dagKey(cid));
  }

  /** CIDs below the pinned roots that are not roots themselves, each with one root it is kept by. */
  async *indirect(): AsyncGenerator<{ cid: CID; root: CID }> {
    const seen = new Set<string>();
    for (const root of this.roots()) {
      for await (const cid of listDag(this.#blocks, root)) {
        if (this.has(cid) || seen.has(dagKey(cid))) continue;
        seen.add(dagKey(cid));
        yield { cid, root };
      }
    }
  }

  async close(): Promise<void> {
    await this.#log.close();
  }
}
