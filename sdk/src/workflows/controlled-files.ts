import type { Hex } from "viem";
import { type Copy, repairFile } from "../storage/repair.ts";
import { storesOf } from "../storage/replicated-store.ts";
import { categoryFile } from "../storage/scope.ts";
import type { BatchItem } from "./batch-manifest.ts";
import { type Chart, contentFiles, documentsOf, isErased, singleItem } from "./controlled-chart.ts";
import { recordKey, recordsOf } from "./notices.ts";
import { type Doomed, type RemovalReport, removeEverywhere } from "./removal.ts";
import type { ReadSession } from "./session.ts";
import { coverFile } from "./share-end.ts";
import { isHandedOut, sharesOf } from "./shares.ts";

/** A file that no store is to have any more. */
export interface Gone extends Doomed {
  /** Digest of what took its place: as long as no store has that, this may be the last copy, and stays. */
  replacedBy?: Hex;
}

/** What a chart's notices say of files in the stores. */
export interface ControlledFiles {
  /** Covers that records are read from, those of shares in force among them. */
  covers: Doomed[];
  gone: Gone[];
}

/**
 * Parts what stores are to have from what they are to have no more: what the patient hid, sealed again or erased is not to come back from
 * a store that did not hear of it. Throws `SHARE_MALFORMED`, `DOCUMENT_MALFORMED`.
 * @param itemsOf the records of those batches whose list can be read
 */
export function controlledFiles(chart: Chart, itemsOf: ReadonlyMap<Hex, readonly BatchItem[]>): ControlledFiles {
  const { patient, controls, notices } = chart;
  const [covers, gone]: [Doomed[], Gone[]] = [[], []];
  const touched = new Set(recordsOf(notices).map(recordKey));
  for (const entry of chart.entries) {
    const { recordId, batch } = entry;
    for (const item of itemsOf.get(recordId) ?? (batch === undefined ? [singleItem(entry)] : [])) {
      const record = { recordId, index: item.index };
      if (!touched.has(recordKey(record))) continue;
      const control = controls.get(recordKey(record));
      const readFrom =
        control === undefined ? item.payload : "cover" in control.item ? control.item.cover.digest : null;
      for (const file of contentFiles(chart, { record, entry, control }, item))
        if (file.reference.digest !== readFrom) gone.push(readFrom === null ? file : { ...file, replacedBy: readFrom });
        else if (file.kind === "cover") covers.push(file);
    }
    if (isErased(chart, entry)) gone.push(...documentsOf(entry, { recordId, index: 0 }));
  }
  for (const share of sharesOf(chart)) {
    const { record, category, to, until, withdrawn } = share;
    const file = coverFile(patient, share);
    if (withdrawn || controls.get(recordKey(record))?.item.state === "erased") gone.push(file);
    else if (isHandedOut(share)) covers.push({ ...file, scope: categoryFile(patient, category, to, until) });
  }
  return { covers, gone };
}

/** What a store has, or had, that it is not to have. */
export interface Leftover extends Omit<RemovalReport, "outcome"> {
  /** `held`: it has the file, and nothing was changed. */
  outcome: RemovalReport["outcome"] | "held";
}

/** Removes files from the stores that still have them; with `checkOnly` they are named alone. */
export async function finishRemoval(
  session: ReadSession,
  files: readonly Doomed[],
  { checkOnly = false } = {},
): Promise<Leftover[]> {
  if (!checkOnly) return (await removeEverywhere(session, files)).filter(({ outcome }) => outcome !== "absent");
  const leftovers: Leftover[] = [];
  for (const { kind, reference, scope, record } of files) {
    const what = { kind, digest: reference.digest, ...(record === undefined ? {} : { record }) };
    for (const copy of await repairFile(storesOf(session.store), reference, scope, { checkOnly }))
      if (copy.found !== "missing") leftovers.push({ ...what, ...leftoverOf(copy) });
  }
  return leftovers;
}

function leftoverOf({ store, found, cause }: Copy): Pick<Leftover, "store" | "outcome" | "problem"> {
  if (found !== "unknown") return { store, outcome: "held" };
  return { store, outcome: "failed", ...(cause === undefined ? {} : { problem: cause }) };
}
