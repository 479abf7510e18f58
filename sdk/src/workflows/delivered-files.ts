import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { readLedger } from "../chain/ledger.ts";
import { type Chart, contentFiles, isOfRecord, readChart, singleItem } from "./controlled-chart.ts";
import { recordKey } from "./notices.ts";
import { type ReadSession, type UnlockedSession, accountOf, sameAddress } from "./session.ts";
import { sharesOf } from "./shares.ts";

/** What of an entry was handed out: its content, its keys, or another document of the chart. */
export interface DeliveredFile {
  file: "content" | "keys" | "document";
  /** The ledger's entry whose content or keys it is. */
  recordId?: Hex;
  /** Which record of a batch. */
  index?: number;
}

/** Files of a chart by their digests. */
export type DeliveredFiles = Map<Hex, DeliveredFile>;

const isUnlocked = (session: ReadSession | UnlockedSession): session is UnlockedSession => "vault" in session;

/**
 * What the files of a chart are: payloads and key documents, which the ledger names; for the patient himself also records of a batch, and
 * what he sealed again or shared. Throws what the chain throws.
 */
export async function deliveredFiles(
  session: ReadSession | UnlockedSession,
  patient: Address,
): Promise<DeliveredFiles> {
  const files: DeliveredFiles = new Map();
  // Of two that name the same file, the first has it.
  const add = (digest: Hex, file: DeliveredFile) => {
    const key = digest.toLowerCase() as Hex;
    if (!files.has(key)) files.set(key, file);
  };
  const { entries } = await readLedger(session.chain, patient);
  for (const { recordId, payload, wraps, batch } of entries) {
    add(payload, batch === undefined ? { file: "content", recordId } : { file: "keys", recordId });
    add(wraps, { file: "keys", recordId });
  }
  if (isUnlocked(session) && sameAddress(accountOf(session), patient)) await addOwn(session, add);
  return files;
}

/** What cannot be read now stays without a name. */
async function addOwn(session: UnlockedSession, add: (digest: Hex, file: DeliveredFile) => void): Promise<void> {
  try {
    const chart = await readChart(session);
    for (const { cover, record } of sharesOf(chart)) add(cover.digest, { file: "content", ...record });
    for (const entry of chart.entries) await addEntry(chart, entry, add);
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
  }
}

async function addEntry(
  chart: Chart,
  entry: Chart["entries"][number],
  add: (digest: Hex, file: DeliveredFile) => void,
): Promise<void> {
  try {
    const items = entry.batch === undefined ? [singleItem(entry)] : await chart.reader.items(entry, chart.controls);
    for (const item of items) {
      const record = { recordId: entry.recordId, index: item.index };
      const located = { record, entry, control: chart.controls.get(recordKey(record)) };
      for (const { reference } of contentFiles(chart, located, item))
        add(reference.digest, { file: "content", ...record });
    }
  } catch (error) {
    if (!isOfRecord(error)) throw error;
  }
}
