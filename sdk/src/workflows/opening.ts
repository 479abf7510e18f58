import type { Hex } from "viem";
import type { ChartkeyError } from "../errors.ts";
import type { AnchoredEntry } from "../chain/ledger.ts";
import type { RecordReference } from "./corrections.ts";
import { controlsOf, isNotice } from "./notices.ts";
import type { OpenedRecord } from "./opened-record.ts";

/** An entry of the ledger with what could be opened of it. */
export interface TimelineEntry {
  entry: AnchoredEntry;
  records: OpenedRecord[];
  /** Records that the patient hid or erased, at these Unix seconds; absent when there are none. The patient himself opens what he hid. */
  withheld?: (RecordReference & { state: "hidden" | "erased"; time: number })[];
  /** Why nothing was opened: `NO_ACCESS`, `RECORD_ERASED`, `RECORD_HIDDEN`, `STORE_NOT_FOUND` (announced, never delivered), `STORE_WRONG_BYTES`, ... */
  problem?: ChartkeyError;
}

/** What can be shown of a timeline that is being read. */
export interface PartOfTimeline {
  /** Newest first. */
  entries: TimelineEntry[];
  /** Records of the whole, as far as that is known: what the ledger names, and of entries that are open what is in them. */
  total: number;
}

/** A ledger whose entries are being opened, the newest first. */
export class Opening {
  /** Oldest first, as the ledger has them. */
  readonly #entries: readonly AnchoredEntry[];
  readonly #opened = new Map<Hex, TimelineEntry>();
  /** Records of entries that are not open as a whole. */
  readonly #records = new Map<Hex, OpenedRecord[]>();

  constructor(entries: readonly AnchoredEntry[]) {
    this.#entries = entries;
  }

  add(record: OpenedRecord): void {
    const { recordId } = record;
    if (this.#opened.has(recordId)) return;
    const records = this.#records.get(recordId);
    if (records === undefined) this.#records.set(recordId, [record]);
    else records.push(record);
  }

  finish(opened: TimelineEntry): void {
    this.#records.delete(opened.entry.recordId);
    this.#opened.set(opened.entry.recordId, opened);
  }

  /** Every entry, oldest first, once each is finished. */
  whole(): TimelineEntry[] {
    return this.#entries.map(({ recordId }) => this.#opened.get(recordId)!);
  }

  /**
   * The newest entries without a gap, newest first, without notices; of the last one what is open of it. What replaces or withholds a record
   * is always in a newer entry, so nothing is missing that says more of these. Left out is what the patient did something with: it is opened
   * at the end.
   */
  soFar(): PartOfTimeline {
    const found: TimelineEntry[] = [];
    for (const entry of this.#entries.toReversed()) {
      const opened = this.#opened.get(entry.recordId);
      const records = this.#records.get(entry.recordId);
      if (opened !== undefined) found.push(opened);
      else if (records !== undefined) found.push({ entry, records: [...records] });
      if (opened === undefined) break;
    }
    const controls = controlsOf(found.toReversed());
    const touched = new Set([...controls.values()].map(({ item }) => item.recordId));
    const entries = found.filter(({ entry, records }) => !records.some(isNotice) && !touched.has(entry.recordId));
    return { entries, total: this.#total() };
  }

  /** A batch claims a number of records, which its author chose; once it is open, it is known how many there are for the account. */
  #total(): number {
    return this.#entries.reduce(
      (sum, { recordId, batch }) => sum + (this.#opened.get(recordId)?.records.length ?? batch?.count ?? 1),
      0,
    );
  }
}
