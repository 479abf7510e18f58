import type { Address } from "viem";
import { ChartkeyError } from "../errors.ts";
import { toChainError } from "../chain/reverts.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { categoryName } from "../records/categories.ts";
import type { ScannedFile } from "../records/import.ts";
import { recordUrl } from "../records/record-url.ts";
import { findResources, isHeldFile } from "./chart-resources.ts";
import { toScope } from "./consent.ts";
import { fileKey, readDraft, resourceKeyOf } from "./import-draft.ts";
import { type BatchDraft, MAX_BATCH, publishBatch } from "./publish.ts";
import { type OnPhase, sameAddress, type UnlockedSession } from "./session.ts";
import { readTimeline } from "./timeline.ts";

/** What is imported: a file that was scanned, or several. */
export type ImportSource = Pick<ScannedFile, "categories" | "items">;

/** What became of resources that were read. */
export interface Imported {
  /** Anchored now. */
  accepted: number;
  /** In the chart already, exactly so; or twice among what was read. */
  unchanged: number;
}

export interface ImportOptions {
  onPhase?: OnPhase;
  /** Is told how many of the resources are stored or were there, of how many. */
  onDone?: (done: number, total: number) => void;
  /** Whether what a batch failed with means that it will be anchored all the same: then it is not imported again. */
  isKept?: (error: unknown) => boolean;
}

/** Bytes of JSON above which a batch is closed: one batch is held in memory. */
const MAX_BYTES = 32_000_000;
/** Bytes of large files in resources above which it is closed: what was stored for a batch that fails is stored again. */
const MAX_FILES = 1 << 28;

function remember(known: Set<string>, keys: ReadonlySet<string>): void {
  for (const key of keys) known.add(key);
}

/**
 * Brings resources into a chart, in as few ledger entries as possible and in memory of one. `run` may be called again after it failed: what
 * is in the chart, or on its way, is not imported twice. Another one, for the same files, finds that out from the chart.
 */
export class RecordImport {
  readonly #session: UnlockedSession;
  readonly #patient: Address;
  readonly #source: ImportSource;
  /** Keys of what is in the chart, as far as the account can read it, or on its way there. */
  #known: Set<string> | undefined;
  #anchored = 0;

  constructor(session: UnlockedSession, patient: Address, source: ImportSource) {
    this.#session = session;
    this.#patient = patient;
    this.#source = source;
  }

  /**
   * Throws `IMPORT_NO_ACCESS` before anything is uploaded, `IMPORT_FILE_CHANGED`, and what `readTimeline` and `publishBatch` throw; in
   * `details` then `anchored`, and of how many in `total`.
   */
  async run({ onPhase, onDone, isKept }: ImportOptions = {}): Promise<Imported> {
    const total = this.#source.categories.length;
    if (total === 0) return { accepted: 0, unchanged: 0 };
    onPhase?.("checking");
    await this.#requireWritable();
    this.#known ??= await this.#inChart();
    const known = this.#known;
    let done = 0;
    let accepted = 0;
    try {
      for await (const { drafts, keys, passed } of this.#batches(known)) {
        if (drafts.length > 0) {
          const before = done + passed - drafts.length;
          const onItem = (stored: number) => onDone?.(before + stored, total);
          try {
            await publishBatch(this.#session, this.#patient, drafts, onPhase, onItem);
          } catch (error) {
            if (isKept?.(error) === true) {
              remember(known, keys);
              onDone?.(done + passed, total);
            }
            throw error;
          }
          remember(known, keys);
          this.#anchored += drafts.length;
        }
        done += passed;
        accepted += drafts.length;
        onDone?.(done, total);
      }
    } catch (error) {
      throw this.#interrupted(error, total);
    }
    return { accepted, unchanged: total - accepted };
  }

  /** What is new, by batches; with how many resources were passed on the way. It is known only when the batch is anchored. */
  async *#batches(known: ReadonlySet<string>) {
    const empty = () => ({ drafts: [] as BatchDraft[], keys: new Set<string>(), passed: 0, bytes: 0, files: 0 });
    let batch = empty();
    for await (const item of this.#source.items()) {
      const { draft, key } = await readDraft(item);
      const [bytes, files] = [batch.bytes + draft.data.length, batch.files + (draft.rest?.size ?? 0)];
      const isFull = batch.drafts.length === MAX_BATCH || bytes > MAX_BYTES || files > MAX_FILES;
      if (isFull && batch.drafts.length > 0) {
        yield batch;
        batch = empty();
      }
      batch.passed++;
      if (known.has(key) || batch.keys.has(key)) continue;
      batch.keys.add(key);
      batch.drafts.push(draft);
      batch.bytes += draft.data.length;
      batch.files += draft.rest?.size ?? 0;
    }
    yield batch;
  }

  /** An export names a resource without a URL by its place in the chart: it is known by both. */
  async #inChart(): Promise<Set<string>> {
    const { entries } = await readTimeline(this.#session, this.#patient);
    const resources = entries.flatMap(({ records }) =>
      records.flatMap((record) =>
        (findResources(record) ?? []).flatMap((each, part) => {
          const { attachments } = record;
          const named = { ...each, fullUrl: recordUrl({ ...record, part }) };
          return (each.fullUrl === undefined ? [each, named] : [each]).map((one) => resourceKeyOf(one, attachments));
        }),
      ),
    );
    const files = entries.flatMap(({ records }) => records.filter(isHeldFile));
    return new Set(await Promise.all([...resources, ...files.map(fileKey)]));
  }

  async #requireWritable(): Promise<void> {
    const categories = [...new Set(this.#source.categories)].sort((left, right) => left - right);
    const { chain, wallet } = this.#session;
    const author = wallet.account.address;
    if (sameAddress(author, this.#patient)) return;
    const allowed = await Promise.all(
      categories.map((category) =>
        chain.client
          .readContract({
            address: chain.deployment.consent,
            abi: consentRegistryAbi,
            functionName: "writableAs",
            args: [this.#patient, author, toScope([category])],
          })
          .catch((cause: unknown) => {
            throw toChainError(cause);
          }),
      ),
    );
    const missing = categories.filter((_, index) => allowed[index] === 0);
    if (missing.length > 0)
      throw new ChartkeyError(
        "IMPORT_NO_ACCESS",
        `You may not add to these categories of the chart: ${missing.map(categoryName).join(", ")}. Nothing was imported. Ask the patient for access.`,
        { details: { missing } },
      );
  }

  #interrupted(cause: unknown, total: number): unknown {
    if (!(cause instanceof ChartkeyError)) return cause;
    const anchored = this.#anchored;
    return new ChartkeyError(
      cause.code,
      `${cause.message} ${anchored} of ${total} resources were anchored and stay; import the same again to continue, nothing is imported twice.`,
      { cause, details: { ...cause.details, anchored, total } },
    );
  }
}
