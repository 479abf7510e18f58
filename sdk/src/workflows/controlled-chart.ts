import type { Address, Hex } from "viem";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { rawReference } from "../storage/cid.ts";
import { categoryFile } from "../storage/scope.ts";
import type { BatchItem } from "./batch-manifest.ts";
import type { RecordReference } from "./corrections.ts";
import {
  type Control,
  type Controls,
  NOTICE_TYPE,
  type NoticeItem,
  controlsOf,
  coversOf,
  encodeNotice,
  recordKey,
} from "./notices.ts";
import { ChartReader } from "./open.ts";
import type { Doomed } from "./removal.ts";
import { type UnlockedSession, accountOf, entryFile } from "./session.ts";
import type { TimelineEntry } from "./opening.ts";
import { readNotices } from "./timeline.ts";

/** A patient's chart, with what he did with records before, as far as the account can read that. */
export interface Chart {
  patient: Address;
  reader: ChartReader;
  entries: AnchoredEntry[];
  notices: TimelineEntry[];
  /** Entries of the patient's own that do not open, each perhaps a notice. */
  missed: TimelineEntry[];
  controls: Controls;
}

/** A record of it. */
export interface Located {
  record: RecordReference;
  entry: AnchoredEntry;
  control: Control | undefined;
}

/** Throws what the chain and the store throw. */
export async function readChart(session: UnlockedSession, patient = accountOf(session)): Promise<Chart> {
  const { entries } = await readLedger(session.chain, patient);
  const reader = new ChartReader(session, patient);
  const { notices, missed } = await readNotices(reader, entries);
  return { patient, reader, entries, notices, missed, controls: controlsOf(notices) };
}

/**
 * The patient's own chart before he does something with it: what a notice that is withheld says of covers and shares would be missed.
 * Throws `NOTICE_MISSING`, and what the chain and the store throw.
 * @param erasing an entry that is to be erased: one that is lost for good is in nobody's way then
 */
export async function readOwnChart(session: UnlockedSession, erasing?: Hex): Promise<Chart> {
  const chart = await readChart(session);
  const ids = chart.missed.map(({ entry }) => entry.recordId);
  const [recordId] = ids;
  if (recordId === undefined || (erasing !== undefined && ids.includes(erasing.toLowerCase() as Hex))) return chart;
  throw new ChartkeyError(
    "NOTICE_MISSING",
    "An entry that you wrote yourself cannot be opened now, and may say what you hid, shared or erased. Nothing was changed. " +
      "Try again with every store, or repair; if no store will ever have it again, erase that entry first.",
    { details: { recordId } },
  );
}

/** Throws `RECORD_UNKNOWN`, and `RECORD_IS_NOTICE`: covers are found by notices, which are not to be covered or erased themselves. */
export function locate({ entries, notices, controls }: Chart, { recordId, index }: RecordReference): Located {
  const entry = entries.find((candidate) => candidate.recordId === recordId.toLowerCase());
  if (entry === undefined || index >= (entry.batch?.count ?? 1))
    throw new ChartkeyError("RECORD_UNKNOWN", "There is no such record in your ledger. Check its id.", {
      details: { recordId, index },
    });
  if (notices.some((notice) => notice.entry.recordId === entry.recordId))
    throw new ChartkeyError(
      "RECORD_IS_NOTICE",
      "This entry only says what you did with another record, and has to stay. Name that record instead. Nothing was changed.",
      { details: { recordId } },
    );
  const record = { recordId: entry.recordId, index };
  return { record, entry, control: controls.get(recordKey(record)) };
}

/** Throws `RECORD_UNKNOWN`, and what `ChartReader.items` throws. */
export async function itemOf({ reader, controls }: Chart, { entry, record }: Located): Promise<BatchItem> {
  const item = (await reader.items(entry, controls)).find(({ index }) => index === record.index);
  if (item === undefined) throw notInBatch(record);
  return item;
}

export const notInBatch = (record: RecordReference) =>
  new ChartkeyError("RECORD_UNKNOWN", "This import has no record of that number.", { details: { ...record } });

/** A single record as far as it can be named without its key, which may be lost. */
export const singleItem = ({ categories: category, codec, payload }: AnchoredEntry): BatchItem => ({
  ...{ index: 0, category, codec, payload },
  key: "",
});

/** Whether every record of an entry is erased, but perhaps one. */
export function isErased({ controls }: Chart, { recordId, batch }: AnchoredEntry, but?: number): boolean {
  const indexes = Array.from({ length: batch?.count ?? 1 }, (_, index) => index).filter((index) => index !== but);
  return indexes.every((index) => controls.get(recordKey({ recordId, index }))?.item.state === "erased");
}

/** Entries of which every record is erased, and one of which the last is being erased. */
export const erasedEntries = (chart: Chart, last: AnchoredEntry): AnchoredEntry[] =>
  chart.entries.filter((entry) => entry.recordId === last.recordId || isErased(chart, entry));

/** What goes with the last record of an entry: the document with its keys and, of a batch, its list. */
export function documentsOf(entry: AnchoredEntry, record: RecordReference): Doomed[] {
  const shared = { scope: entryFile(entry), record };
  const wraps: Doomed = { kind: "wraps", reference: rawReference(entry.wraps), ...shared };
  if (entry.batch === undefined) return [wraps];
  return [wraps, { kind: "manifest", reference: rawReference(entry.payload), ...shared }];
}

/** What a store may have of a record's content: as it was anchored, and in every cover that it ever had. */
export function contentFiles({ patient, notices }: Chart, { record }: Located, item: BatchItem): Doomed[] {
  const scope = categoryFile(patient, item.category);
  const payload: Doomed = { kind: "payload", reference: { codec: item.codec, digest: item.payload }, scope, record };
  const covers = coversOf(notices, record);
  return [payload, ...covers.map((reference): Doomed => ({ kind: "cover", reference, scope, record }))];
}

/** A failure of one record, which says nothing of the next. */
export const isOfRecord = (error: unknown): error is ChartkeyError =>
  error instanceof ChartkeyError && !isConnectionError(error);

/** A notice as a record of a category. */
export const noticeDraft = (category: number, items: readonly NoticeItem[]) => ({
  category,
  meta: { contentType: NOTICE_TYPE },
  data: encodeNotice(items),
});
