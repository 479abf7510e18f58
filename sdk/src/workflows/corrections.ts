import type { Hex } from "viem";
import type { OpenedRecord } from "./opened-record.ts";

/** Names one record of a chart: its entry, and its place in the entry's batch. In a payload's meta as `replaces` or `confirms`. */
export interface RecordReference {
  recordId: Hex;
  /** 0 for a single entry. */
  index: number;
}

/** What later records say of a record. */
export type Standing =
  | { state: "current" }
  /** Its author, or with the patient's confirmation somebody else, wrote it anew. */
  | { state: "superseded"; by: RecordReference }
  /** Somebody else claims to replace it, and the patient has not confirmed that: both are shown. */
  | { state: "disputed"; by: RecordReference[] };

const keyOf = ({ recordId, index }: RecordReference) => `${recordId.toLowerCase()}/${index}`;

/** Reads a reference that an author wrote: anything may be in it. */
function referenceIn(meta: Record<string, unknown>, name: "replaces" | "confirms"): RecordReference | undefined {
  const value = meta[name];
  if (typeof value !== "object" || value === null) return undefined;
  const { recordId, index } = value as Record<string, unknown>;
  const valid = typeof recordId === "string" && /^0x[0-9a-f]{64}$/i.test(recordId) && Number.isSafeInteger(index);
  return valid ? { recordId: recordId as Hex, index: index as number } : undefined;
}

const isByPatient = ({ hospital }: OpenedRecord) => hospital === 0;

function isSameAuthor(left: OpenedRecord, right: OpenedRecord): boolean {
  // The patient's successor writes under another address, and for the same person.
  if (isByPatient(left) && isByPatient(right)) return true;
  return left.author.toLowerCase() === right.author.toLowerCase() && left.hospital === right.hospital;
}

/**
 * Which records of a chart later ones replace (P34). Nothing is ever deleted: a correction is a new entry whose meta names the record
 * that it `replaces`. It counts when that record is earlier, of the same category, and by the same author in the same hospital; or when
 * the patient, in an entry of his own, `confirms` the correction. Otherwise the record is disputed.
 * @param records oldest first, as the ledger has them.
 * @returns the standing of each record, by `standingOf`.
 */
export function correctionsOf(records: readonly OpenedRecord[]): (record: RecordReference) => Standing {
  const earlier = new Map<string, OpenedRecord>();
  const confirmed = new Set(
    records.filter(isByPatient).flatMap(({ meta }) => {
      const confirms = referenceIn(meta, "confirms");
      return confirms === undefined ? [] : [keyOf(confirms)];
    }),
  );
  const standings = new Map<string, Standing>();
  for (const record of records) {
    const replaces = referenceIn(record.meta, "replaces");
    const replaced = replaces && earlier.get(keyOf(replaces));
    if (replaces !== undefined && replaced?.category === record.category) {
      const counts = isSameAuthor(replaced, record) || confirmed.has(keyOf(record));
      standings.set(keyOf(replaces), next(standings.get(keyOf(replaces)), record, counts));
    }
    earlier.set(keyOf(record), record);
  }
  return (record) => standings.get(keyOf(record)) ?? { state: "current" };
}

function next(before: Standing | undefined, { recordId, index }: OpenedRecord, counts: boolean): Standing {
  const by = { recordId, index };
  if (counts) return { state: "superseded", by };
  if (before?.state === "superseded") return before;
  return { state: "disputed", by: [...(before?.state === "disputed" ? before.by : []), by] };
}
