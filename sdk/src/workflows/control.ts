import type { Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { categoryFile } from "../storage/scope.ts";
import type { BatchItem } from "./batch-manifest.ts";
import {
  type Chart,
  type Located,
  contentFiles,
  documentsOf,
  erasedEntries,
  isErased,
  isOfRecord,
  itemOf,
  locate,
  notInBatch,
  noticeDraft,
  readOwnChart,
  singleItem,
} from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { readThrough, storeAnchored, storeCover } from "./covers.ts";
import { type Elsewhere, elsewhereOf } from "./elsewhere.ts";
import { dropKeys } from "./key-pages.ts";
import { wasResealed } from "./notices.ts";
import { publishRecord } from "./publish.ts";
import { type RemovalReport, removeEverywhere } from "./removal.ts";
import type { OnPhase, UnlockedSession } from "./session.ts";
import { coversOfShares } from "./share-end.ts";

/** What was done with a record, and with its files. */
export interface ControlReport {
  /** The entry of the ledger that says so; undefined when nothing was left to say. */
  notice: Hex | undefined;
  files: RemovalReport[];
}

/** The same of a record that was taken from its readers. */
export interface WithdrawalReport extends ControlReport {
  elsewhere: Elsewhere;
}

/**
 * Hides a record from everybody but the patient, also from readers whose grant goes on: it is sealed once more under a key that is sealed
 * to the patient alone, a notice says so in his ledger (one signature), and what readers could open leaves the stores. One record of a
 * batch is hidden like a single one. Who read it keeps what he read; who copied it keeps the copy. Shares of it and an emergency set are
 * not ended: the report names them. `showRecord` gives it back. It may be called again when a store failed: then nothing is signed.
 * Throws `RECORD_UNKNOWN`, `RECORD_ERASED`, `NOTICE_MISSING`, and what the store and `transact` throw.
 */
export async function hideRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<WithdrawalReport> {
  onPhase?.("checking");
  const chart = await readOwnChart(session);
  const located = locate(chart, reference);
  const item = await itemOf(chart, located);
  const { category } = item;
  const elsewhere = await elsewhereOf(session, chart, located.record);
  const files = contentFiles(chart, located, item);
  // Of one that is hidden already this makes sure that its cover is there, to its last byte, before anything below it goes.
  const payload = await chart.reader.readPayload(item, located.control);
  if (located.control?.item.state === "hidden") {
    await readThrough(payload);
    const { digest } = located.control.item.cover;
    const below = files.filter(({ reference: file }) => file.digest !== digest);
    return { notice: undefined, elsewhere, files: await removeEverywhere(session, below) };
  }
  const cover = await storeCover(session, category, payload);
  const draft = noticeDraft(category, [{ ...located.record, state: "hidden", cover: cover.reference }]);
  const brought = { patientOnly: cover.key, brings: [cover.reference.digest] };
  const notice = await publishRecord(session, chart.patient, draft, onPhase, brought);
  return { notice, elsewhere, files: await removeEverywhere(session, files) };
}

/**
 * Gives a hidden record back to its readers: the anchored bytes return to the stores, a notice says so (one signature), and the patient's
 * own seal leaves them. A record that was ever sealed again by a strong revoke returns under a fresh seal instead: whom that shut out may
 * have kept the key of the anchored bytes. Throws `NOT_HIDDEN`, `RECORD_UNKNOWN`, `RECORD_ERASED`, `NOTICE_MISSING`, and what the store and `transact` throw.
 */
export async function showRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<ControlReport> {
  onPhase?.("checking");
  const chart = await readOwnChart(session);
  const located = locate(chart, reference);
  const { control, record } = located;
  if (control === undefined || control.item.state === "resealed")
    throw new ChartkeyError("NOT_HIDDEN", "This record is not hidden. Nothing was changed.");
  const item = await itemOf(chart, located);
  const payload = await chart.reader.readPayload(item, control);
  const files = contentFiles(chart, located, item);
  if (wasResealed(chart.notices, record)) {
    const { reference: cover, key } = await storeCover(session, item.category, payload);
    const draft = noticeDraft(item.category, [{ ...record, state: "resealed", cover, key }]);
    const notice = await publishRecord(session, chart.patient, draft, onPhase, { brings: [cover.digest] });
    return { notice, files: await removeEverywhere(session, files) };
  }
  await storeAnchored(session, payload, categoryFile(chart.patient, item.category));
  const draft = noticeDraft(item.category, [{ ...record, state: "shown" }]);
  const notice = await publishRecord(session, chart.patient, draft, onPhase);
  const covers = files.filter(({ kind }) => kind === "cover");
  return { notice, files: await removeEverywhere(session, covers) };
}

/**
 * Erases a record (GDPR, Art. 17): a notice says so in the ledger, every store is told to remove its files, and its key leaves the pages
 * of the keyring (a second signature, when one has it). The ledger keeps the digest and who wrote when in which category; copies that
 * others made stay theirs. The key of one record of a batch stays in the batch's sealed list until the last record of it is erased.
 * Nothing brings the record back. It may be called again when a store failed. Throws `RECORD_UNKNOWN`, `NOTICE_MISSING`, and
 * what the chain throws.
 */
export async function eraseRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<WithdrawalReport> {
  onPhase?.("checking");
  const chart = await readOwnChart(session, reference.recordId);
  const located = locate(chart, reference);
  const { entry, record, control } = located;
  const isSaid = control?.item.state === "erased";
  const isLast = isErased(chart, entry, record.index);
  const items = await erasable(chart, located);
  const item = items.find(({ index }) => index === record.index);
  const documents = isLast ? documentsOf(entry, record) : [];
  const erases = documents.map(({ reference: { digest } }) => digest);
  const erased =
    item === undefined || isSaid ? undefined : noticeDraft(item.category, [{ ...record, state: "erased" }]);
  // Shares of an erased record end with it.
  const elsewhere = { ...(await elsewhereOf(session, chart, record)), shares: [] };
  const notice = erased && (await publishRecord(session, chart.patient, erased, onPhase, { erases }));
  // With its list, the rest of a batch can be named for the last time: what a store kept of it before goes as well.
  const contents = items
    .filter(({ index }) => isLast || index === record.index)
    .flatMap((one) => contentFiles(chart, { ...located, record: { ...record, index: one.index } }, one));
  const files = await removeEverywhere(session, [...contents, ...coversOfShares(chart, record), ...documents]);
  if (isLast) files.push(...(await dropKeys(session, erasedEntries(chart, entry), onPhase)));
  return { notice, files, elsewhere };
}

/** The records of an entry, as far as they can be named without their keys, which may be lost; none when their list is erased with them. */
async function erasable(chart: Chart, { entry, record }: Located): Promise<BatchItem[]> {
  if (entry.batch === undefined) return [singleItem(entry)];
  try {
    const items = await chart.reader.batchItems(entry);
    if (!items.some(({ index }) => index === record.index)) throw notInBatch(record);
    return items;
  } catch (error) {
    if (isOfRecord(error) && isErased(chart, entry)) return [];
    throw error;
  }
}
