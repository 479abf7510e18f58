import type { OpenedRecord } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { FHIR_JSON, readFhir, type FhirContent } from "./content.ts";
import { ReadingWorker } from "./ReadingWorker.ts";

/** What a record says, checked. */
export interface RecordContent extends FhirContent {
  /** A record that is no FHIR: a scan, a letter, anything. */
  readonly file?: { readonly title: string; readonly contentType: string; readonly size: number };
}

/** Records from which on it is worth starting a worker, which takes as long as to read so many. */
const MANY = 200;

/** Bytes from which on a record is read by a worker, however few there are: the page is not to stand still for it. */
const MUCH = 1 << 18;

/** Reads what opened records say, each once, however often and early it is asked. To read a thousand takes half a second: another thread does that. */
export class ContentReader {
  readonly #contents = new WeakMap<OpenedRecord, Promise<RecordContent>>();
  readonly #signal: AbortSignal | undefined;
  #worker: ReadingWorker | undefined;

  /** @param signal ends the reading: nothing is read after it, and the thread goes at once */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.close);
  }

  /** How many records will come, so that what reads them is there when they do. */
  expect(records: number): void {
    if (records >= MANY) this.#start();
    else loadValidator().catch(() => {}); // Thrown to who reads.
  }

  #start(): void {
    if (typeof Worker === "function" && this.#signal?.aborted !== true) this.#worker ??= new ReadingWorker();
  }

  contentOf(record: OpenedRecord): Promise<RecordContent> {
    const known = this.#contents.get(record);
    if (known !== undefined) return known;
    const reading = this.#read(record);
    reading.catch(() => {}); // Thrown to who waits for it.
    this.#contents.set(record, reading);
    return reading;
  }

  /** Ends the worker, and with it what it holds. */
  readonly close = (): void => {
    this.#signal?.removeEventListener("abort", this.close);
    this.#worker?.close();
    this.#worker = undefined;
  };

  async #read({ meta, data, large }: OpenedRecord): Promise<RecordContent> {
    const { contentType, title, fullUrl } = meta;
    if (contentType !== FHIR_JSON || large !== undefined) {
      const named = typeof title === "string" ? title : "";
      return {
        parts: [{ json: undefined, url: fullUrl }],
        file: { title: named, contentType, size: large?.size ?? data.length },
      };
    }
    if (data.length >= MUCH) this.#start();
    const read = await this.#worker?.read(data, fullUrl);
    this.#signal?.throwIfAborted();
    return read ?? readFhir(data, fullUrl, await loadValidator());
  }
}
