import type { Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import type { ContentReference } from "../storage/cid.ts";
import type { Removal } from "../storage/content-store.ts";
import { originOf, storesOf } from "../storage/replicated-store.ts";
import type { FileScope } from "../storage/scope.ts";
import type { RecordReference } from "./corrections.ts";
import type { ReadSession } from "./session.ts";

/**
 * What a file was: the sealed record, a second seal of it, the document with its keys, a batch's list, a page of keys, an emergency set, or
 * what was staged before its patient had a key.
 */
export type FileKind = "payload" | "cover" | "wraps" | "manifest" | "page" | "set" | "staged";

/** A file that is to leave every store. */
export interface Doomed {
  kind: FileKind;
  reference: ContentReference;
  scope: FileScope;
  /** Absent for a page and a set, which are of many records. */
  record?: RecordReference;
}

/** What became of one file at one store. */
export interface RemovalReport {
  kind: FileKind;
  digest: Hex;
  record?: RecordReference;
  /** Origin. */
  store: string;
  outcome: Removal | "failed";
  /** Why it failed: this store may still have the file. Asking again is safe. */
  problem?: ChartkeyError;
}

/** Files removed at the same time, of each store. */
const PARALLEL = 4;

/** Removes files from every store of the session. A store that fails is told of in the report, and holds up nothing. */
export async function removeEverywhere(session: ReadSession, files: readonly Doomed[]): Promise<RemovalReport[]> {
  const reports: RemovalReport[] = [];
  const queues = storesOf(session.store).map((store) => ({ store, queue: files.values() }));
  const work = async ({ store, queue }: (typeof queues)[number]) => {
    for (const { kind, reference, scope, record } of queue) {
      const what = {
        kind,
        digest: reference.digest,
        store: originOf(store),
        ...(record === undefined ? {} : { record }),
      };
      try {
        reports.push({ ...what, outcome: await store.remove(reference, scope) });
      } catch (error) {
        if (!(error instanceof ChartkeyError)) throw error;
        reports.push({ ...what, outcome: "failed", problem: error });
      }
    }
  };
  await Promise.all(queues.flatMap((of) => Array.from({ length: PARALLEL }, () => work(of))));
  return reports;
}
