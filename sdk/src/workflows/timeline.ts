import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError, isConnectionError, toRecordError } from "../errors.ts";
import type { PayloadMeta } from "../crypto/payload.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import type { RecordReference } from "./corrections.ts";
import { type Controls, NO_CONTROLS, controlsOf, isNotice } from "./notices.ts";
import { ChartReader } from "./open.ts";
import type { OpenedRecord } from "./opened-record.ts";
import { Opening, type PartOfTimeline, type TimelineEntry } from "./opening.ts";
import type { UnlockedSession } from "./session.ts";

/** A chart as far as it can be read, complete as of a block. */
export interface Timeline {
  patient: Address;
  head: Hex;
  blockNumber: bigint;
  /** Newest first; without notices. */
  entries: TimelineEntry[];
  /** What the patient wrote about what he hid, erased or sealed again, newest first. */
  notices: TimelineEntry[];
}

const CATEGORIES = 9;
/** Entries opened at the same time. */
const PARALLEL = 4;

/** Is told while a chart is read, so that work can begin before it is. Only what the timeline has counts in the end. */
export interface TimelineListener {
  /** Ends the reading, with its reason. */
  signal?: AbortSignal;
  /**
   * How many records the ledger names. `soFar` gives at any time the newest entries without a gap: nothing in the others says more of them. What
   * the patient hid, erased or sealed again is not among them before the end.
   */
  found(records: number, soFar: () => PartOfTimeline): void;
  /** A record is open; by what the patient did with it later it may come again, or not be in the timeline. */
  opened(record: OpenedRecord): void;
}

/**
 * Reads a chart: checks the ledger to its head, then opens every entry that the account has a key for.
 * An entry that cannot be opened is listed with the reason; the others go on. Throws `LEDGER_BROKEN`, `LEDGER_INCOMPLETE`, `CHAIN_FAILED`.
 */
export async function readTimeline(
  session: UnlockedSession,
  patient: Address,
  listener?: TimelineListener,
): Promise<Timeline> {
  const { head, blockNumber, entries } = await readLedger(session.chain, patient);
  const opening = new Opening(entries);
  listener?.found(
    entries.reduce((sum, { batch }) => sum + (batch?.count ?? 1), 0),
    () => opening.soFar(),
  );
  const reader = new ChartReader(session, patient, (record) => {
    listener?.signal?.throwIfAborted();
    opening.add(record);
    listener?.opened(record);
  });
  const openAll = async (some: AnchoredEntry[], controls: Controls) => {
    const queue = some.values();
    const work = async () => {
      for (const entry of queue) {
        opening.finish(await openOrExplain(reader, entry, controls));
        listener?.signal?.throwIfAborted();
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
  };
  await openAll(entries.toReversed(), NO_CONTROLS);
  const controls = controlsOf(opening.whole());
  const touched = new Set([...controls.values()].map(({ item }) => item.recordId));
  await openAll(
    entries.filter(({ recordId }) => touched.has(recordId)),
    controls,
  );
  const newestFirst = opening.whole().reverse();
  const notices = newestFirst.filter(({ records }) => records.some(isNotice));
  const others = newestFirst.filter((entry) => !notices.includes(entry));
  return { patient, head, blockNumber, entries: others, notices };
}

async function openOrExplain(reader: ChartReader, entry: AnchoredEntry, controls: Controls): Promise<TimelineEntry> {
  const withheld = [...controls.values()].flatMap(({ item: { recordId, index, state }, notice: { time } }) =>
    recordId === entry.recordId && state !== "resealed" ? [{ recordId, index, state, time }] : [],
  );
  const told = withheld.length === 0 ? {} : { withheld };
  try {
    return { entry, records: await reader.open(entry, controls), ...told };
  } catch (error) {
    return { entry, records: [], ...told, problem: toRecordError(error) };
  }
}

/** The patient's notices among entries, as far as the account can read them. */
interface Notices {
  notices: TimelineEntry[];
  /** Entries of the patient's own that do not open, though no notice says why: each may be one. */
  missed: TimelineEntry[];
}

/** Throws what the chain and the store throw. */
export async function readNotices(reader: ChartReader, entries: readonly AnchoredEntry[]): Promise<Notices> {
  // A notice is an entry of the patient's own, or a batch of one for each category.
  const candidates = entries.filter(({ hospital, batch }) => hospital === 0 && (batch?.count ?? 1) <= CATEGORIES);
  const opened = await Promise.all(candidates.map((entry) => openOrExplain(reader, entry, NO_CONTROLS)));
  const notices = opened.filter(({ records }) => records.some(isNotice));
  // What a notice says to be gone may be missed while a store is silent; anything else might be a notice.
  const gone = new Set([...controlsOf(notices).values()].map(({ item }) => item.recordId));
  const missed = opened.filter(({ entry, problem }) => problem !== undefined && !gone.has(entry.recordId));
  const unheard = missed.find(({ problem }) => isConnectionError(problem));
  if (unheard?.problem !== undefined) throw unheard.problem;
  return { notices, missed };
}

/** Opens one entry by its record id. Throws `RECORD_UNKNOWN` and what `ChartReader.open` throws. */
export async function openRecord(
  session: UnlockedSession,
  patient: Address,
  recordId: Hex,
): Promise<{ entry: AnchoredEntry; records: OpenedRecord[] }> {
  const { reader, entry, controls } = await findRecord(session, patient, recordId);
  return { entry, records: await reader.open(entry, controls) };
}

/**
 * Opens one record into a sink, all or nothing. Throws `RECORD_UNKNOWN` and what `ChartReader.openInto` throws.
 * @param index place in a batch; 0 for a single entry.
 */
export async function openRecordInto(
  session: UnlockedSession,
  patient: Address,
  { recordId, index }: RecordReference,
  sink: WritableStream<Bytes>,
): Promise<{ meta: PayloadMeta; size: number }> {
  const { reader, entry, controls } = await findRecord(session, patient, recordId).catch(async (error: unknown) => {
    await sink.abort(error).catch(() => {});
    throw error;
  });
  return reader.openInto(entry, index, sink, controls);
}

/** A record of a chart, and what opens it. Throws `RECORD_UNKNOWN`, and what the chain and the store throw. */
export async function findRecord(session: UnlockedSession, patient: Address, recordId: Hex) {
  const { entries } = await readLedger(session.chain, patient);
  const entry = entries.find((candidate) => candidate.recordId === recordId.toLowerCase());
  if (entry === undefined)
    throw new ChartkeyError("RECORD_UNKNOWN", "There is no such record in this patient's ledger. Check its id.", {
      details: { recordId, patient },
    });
  const reader = new ChartReader(session, patient);
  const { notices } = await readNotices(reader, entries.slice(entries.indexOf(entry) + 1));
  return { reader, entry, controls: controlsOf(notices) };
}
