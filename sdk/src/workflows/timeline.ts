import type { Address, Hex } from "viem";
import { ChartkeyError, toRecordError } from "../errors.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { ChartReader, type OpenedRecord } from "./open.ts";
import type { UnlockedSession } from "./session.ts";

/** An entry of the ledger with what could be opened of it. */
export interface TimelineEntry {
  entry: AnchoredEntry;
  records: OpenedRecord[];
  /** Why nothing was opened: `NO_ACCESS`, `STORE_NOT_FOUND` (announced, never delivered), `STORE_WRONG_BYTES`, ... */
  problem?: ChartkeyError;
}

/** A chart as far as it can be read, complete as of a block. */
export interface Timeline {
  patient: Address;
  head: Hex;
  blockNumber: bigint;
  /** Newest first. */
  entries: TimelineEntry[];
}

/** Entries opened at the same time. */
const PARALLEL = 4;

/**
 * Reads a chart: checks the ledger to its head, then opens every entry that the account has a key for.
 * An entry that cannot be opened is listed with the reason; the others go on. Throws `LEDGER_BROKEN`, `LEDGER_INCOMPLETE`, `CHAIN_FAILED`.
 */
export async function readTimeline(session: UnlockedSession, patient: Address): Promise<Timeline> {
  const { head, blockNumber, entries } = await readLedger(session.chain, patient);
  const reader = new ChartReader(session, patient);
  const opened = new Map<Hex, TimelineEntry>();
  const queue = entries.values();
  const work = async () => {
    for (const entry of queue) opened.set(entry.recordId, await openOrExplain(reader, entry));
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return { patient, head, blockNumber, entries: entries.map(({ recordId }) => opened.get(recordId)!).reverse() };
}

async function openOrExplain(reader: ChartReader, entry: AnchoredEntry): Promise<TimelineEntry> {
  try {
    return { entry, records: await reader.open(entry) };
  } catch (error) {
    return { entry, records: [], problem: toRecordError(error) };
  }
}

/** Opens one entry by its record id. Throws `RECORD_UNKNOWN` and what `ChartReader.open` throws. */
export async function openRecord(
  session: UnlockedSession,
  patient: Address,
  recordId: Hex,
): Promise<{ entry: AnchoredEntry; records: OpenedRecord[] }> {
  const { entries } = await readLedger(session.chain, patient);
  const entry = entries.find((candidate) => candidate.recordId === recordId.toLowerCase());
  if (entry === undefined)
    throw new ChartkeyError("RECORD_UNKNOWN", "There is no such record in this patient's ledger. Check its id.", {
      details: { recordId, patient },
    });
  return { entry, records: await new ChartReader(session, patient).open(entry) };
}
