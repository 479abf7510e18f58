import type { Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { categoryFile } from "../storage/scope.ts";
import type { BatchItem } from "./batch-manifest.ts";
import {
  type Chart,
  type Located,
  contentFiles,
  documentsOf,
  isErased,
  isOfRecord,
  itemOf,
  locate,
  notInBatch,
  noticeDraft,
  readChart,
  singleItem,
} from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { storeCover } from "./covers.ts";
import { type Elsewhere, elsewhereOf } from "./elsewhere.ts";
import { dropKeys } from "./key-pages.ts";
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
 * not ended: the report names them. `showRecord` gives it back.
 * Throws `RECORD_UNKNOWN`, `RECORD_ERASED`, `RECORD_HIDDEN` when it is hidden already, and what the store and `transact` throw.
 */
export async function hideRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<WithdrawalReport> {
  onPhase?.("checking");
  const chart = await readChart(session);
  const located = locate(chart, reference);
  if (located.control?.item.state === "hidden")
    throw new ChartkeyError("RECORD_HIDDEN", "This record is hidden already. Nothing was changed.");
  const item = await itemOf(chart, located);
  const payload = await chart.reader.readPayload(item, located.control);
  const { category } = item;
  const elsewhere = await elsewhereOf(session, chart, located.record);
  const cover = await storeCover(session, category, payload);
  const draft = noticeDraft(category, [{ ...located.record, state: "hidden", cover: cover.reference }]);
  const brought = { patientOnly: cover.key, brings: [cover.reference.digest] };
  const notice = await publishRecord(session, chart.patient, draft, onPhase, brought);
  return { notice, elsewhere, files: await removeEverywhere(session, contentFiles(chart, located, item)) };
}

/**
 * Gives a hidden record back to its readers: the anchored bytes return to the stores, a notice says so (one signature), and the patient's
 * own seal leaves them. Throws `NOT_HIDDEN`, `RECORD_UNKNOWN`, `RECORD_ERASED`, and what the store and `transact` throw.
 */
export async function showRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<ControlReport> {
  onPhase?.("checking");
  const chart = await readChart(session);
  const located = locate(chart, reference);
  const { control, record } = located;
  if (control === undefined || control.item.state === "resealed")
    throw new ChartkeyError("NOT_HIDDEN", "This record is not hidden. Nothing was changed.");
  const item = await itemOf(chart, located);
  const payload = await chart.reader.readPayload(item, control);
  await session.store.put(payload, categoryFile(chart.patient, item.category));
  const draft = noticeDraft(item.category, [{ ...record, state: "shown" }]);
  const notice = await publishRecord(session, chart.patient, draft, onPhase);
  const covers = contentFiles(chart, located, item).filter(({ kind }) => kind === "cover");
  return { notice, files: await removeEverywhere(session, covers) };
}

/**
 * Erases a record (GDPR, Art. 17): a notice says so in the ledger, every store is told to remove its files, and its key leaves the pages
 * of the keyring (a second signature, when one has it). The ledger keeps the digest and who wrote when in which category; copies that
 * others made stay theirs. The key of one record of a batch stays in the batch's sealed list until the last record of it is erased.
 * Nothing brings the record back. It may be called again when a store failed. Throws `RECORD_UNKNOWN`, and what the chain throws.
 */
export async function eraseRecord(
  session: UnlockedSession,
  reference: RecordReference,
  onPhase?: OnPhase,
): Promise<WithdrawalReport> {
  onPhase?.("checking");
  const chart = await readChart(session);
  const located = locate(chart, reference);
  const { entry, record, control } = located;
  const isSaid = control?.item.state === "erased";
  const item = await erasable(chart, located);
  const isLast = isErased(chart, entry, record.index);
  const documents = isLast ? documentsOf(entry, record) : [];
  const erases = documents.map(({ reference: { digest } }) => digest);
  const erased =
    item === undefined || isSaid ? undefined : noticeDraft(item.category, [{ ...record, state: "erased" }]);
  // Shares of an erased record end with it.
  const elsewhere = { ...(await elsewhereOf(session, chart, record)), shares: [] };
  const notice = erased && (await publishRecord(session, chart.patient, erased, onPhase, { erases }));
  const contents = item === undefined ? [] : contentFiles(chart, located, item);
  const files = await removeEverywhere(session, [...contents, ...coversOfShares(chart, record), ...documents]);
  if (isLast) files.push(...(await dropKeys(session, [record.recordId], onPhase)));
  return { notice, files, elsewhere };
}

/** A record to be erased, as far as it can be named without its key, which may be lost; undefined when its list is erased with it. */
async function erasable(chart: Chart, { entry, record }: Located): Promise<BatchItem | undefined> {
  if (entry.batch === undefined) return singleItem(entry);
  try {
    const item = (await chart.reader.batchItems(entry)).find(({ index }) => index === record.index);
    if (item === undefined) throw notInBatch(record);
    return item;
  } catch (error) {
    if (isOfRecord(error) && isErased(chart, entry)) return undefined;
    throw error;
  }
}
