import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { readConsent } from "../chain/consent.ts";
import type { AnchoredEntry } from "../chain/ledger.ts";
import type { BatchItem } from "./batch-manifest.ts";
import { fromScope, revokeAccess } from "./consent.ts";
import type { ControlReport } from "./control.ts";
import {
  type Chart,
  type Located,
  contentFiles,
  isOfRecord,
  locate,
  noticeDraft,
  readOwnChart,
} from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { storeCover } from "./covers.ts";
import { type NoticeItem, isNotice } from "./notices.ts";
import { publishBatch, publishRecord } from "./publish.ts";
import { type Doomed, removeEverywhere } from "./removal.ts";
import { type OnPhase, type UnlockedSession, sameAddress } from "./session.ts";
import { endShares } from "./share-end.ts";
import { sharesOf } from "./shares.ts";

/** Categories in which an account was ever given keys: to read others' records, or its own that it wrote. */
async function everOpened({ chain }: UnlockedSession, patient: Address, account: Address): Promise<number[]> {
  const { changes } = await readConsent(chain, patient);
  const own = changes.filter(({ kind, grantee }) => kind === "grant" && sameAddress(grantee, account));
  return fromScope(own.reduce((mask, { read, write }) => mask | read | write, 0));
}

/** Records sealed again at the same time. */
const PARALLEL = 4;

/**
 * Ends a doctor's access, and seals every record once more that he could open, under fresh keys that go to the patient and to readers
 * whose grants go on; what he had keys for leaves the stores. His grant is ended first, so that nothing after it can hold that up; the
 * notice with the new keys is one more signature, whatever the number of records. Shares with him that are in force end as well, all in
 * one signature. What he read or copied stays with him.
 * Records that cannot be opened stay as they are, and are in `left`. It may be called again when it was interrupted or a store failed.
 * Throws what `revokeAccess` throws, except that a grant which ended before is no obstacle, `NOTICE_MISSING`, and what the store and `transact` throw.
 */
export async function revokeStrongly(
  session: UnlockedSession,
  grantee: Address,
  onPhase?: OnPhase,
): Promise<ControlReport & { left: RecordReference[] }> {
  await revokeAccess(session, grantee, onPhase).catch((error: unknown) => {
    if (!(error instanceof ChartkeyError && error.code === "NOTHING_TO_END")) throw error;
  });
  const chart = await readOwnChart(session);
  const shares = sharesOf(chart).filter(({ to }) => sameAddress(to, grantee));
  const files = await endShares(session, chart, shares, onPhase);
  const categories = await everOpened(session, chart.patient, grantee);
  const sealed = await resealAll(session, chart, categories);
  const perCategory = categories.flatMap((category) => {
    const items = sealed.done.filter((one) => one.category === category).map((one) => one.notice);
    return items.length === 0 ? [] : [noticeDraft(category, items)];
  });
  const brings = sealed.done.map(({ cover }) => cover);
  const [only, ...more] = perCategory;
  if (only === undefined) return { notice: undefined, files, left: sealed.left };
  const notice =
    more.length === 0
      ? await publishRecord(session, chart.patient, only, onPhase, { brings })
      : await publishBatch(session, chart.patient, perCategory, onPhase, undefined, { brings });
  files.push(
    ...(await removeEverywhere(
      session,
      sealed.done.flatMap((one) => one.files),
    )),
  );
  return { notice, files, left: sealed.left };
}

/** Seals the records of some categories once more, but for what nobody else opens anyway. */
async function resealAll(session: UnlockedSession, chart: Chart, categories: readonly number[]) {
  const done: { category: number; notice: NoticeItem; cover: Hex; files: Doomed[] }[] = [];
  const left: RecordReference[] = [];
  const notices = new Set(
    chart.notices.filter(({ records }) => records.some(isNotice)).map(({ entry }) => entry.recordId),
  );
  const reseal = async (located: Located, item: BatchItem) => {
    try {
      const payload = await chart.reader.readPayload(item, located.control);
      const { reference, key } = await storeCover(session, item.category, payload);
      const notice: NoticeItem = { ...located.record, state: "resealed", cover: reference, key };
      done.push({
        category: item.category,
        notice,
        cover: reference.digest,
        files: contentFiles(chart, located, item),
      });
    } catch (error) {
      if (!isOfRecord(error)) throw error;
      left.push(located.record);
    }
  };
  const queue = chart.entries
    .filter(({ recordId, kind, categories: mask }) => {
      const own = kind === "batch" ? fromScope(mask) : [mask];
      return !notices.has(recordId) && own.some((category) => categories.includes(category));
    })
    .values();
  const work = async () => {
    for (const entry of queue)
      for (const item of await itemsOrNone(chart, entry, left)) {
        const located = locate(chart, { recordId: entry.recordId, index: item.index });
        const state = located.control?.item.state;
        if (categories.includes(item.category) && (state === undefined || state === "resealed"))
          await reseal(located, item);
      }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return { done, left };
}

async function itemsOrNone(chart: Chart, entry: AnchoredEntry, left: RecordReference[]): Promise<BatchItem[]> {
  try {
    return await chart.reader.items(entry, chart.controls);
  } catch (error) {
    if (!isOfRecord(error)) throw error;
    if (error.code !== "RECORD_ERASED") left.push({ recordId: entry.recordId, index: 0 });
    return [];
  }
}
