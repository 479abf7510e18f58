import type { FhirContent } from "./content.ts";
import type { Unread, WorkerAnswer } from "./contentWorker.ts";

/** Records that are sent at once: each message costs as much as a small record. */
const TOGETHER = 32;
/** Milliseconds after which fewer are sent. */
const GATHER = 10;
/** Milliseconds without any answer after which a thread has failed. */
const PATIENCE = 60_000;

type Answer = (content: FhirContent | undefined) => void;

/** A thread that reads records. */
export class ReadingWorker {
  readonly #worker = new Worker(new URL("./contentWorker.ts", import.meta.url), { type: "module" });
  readonly #answers = new Map<number, Answer>();
  #unsent: Unread[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #next = 0;
  #isOver = false;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      for (const [id, content] of data) this.#answer(id, content);
      this.#wait();
    };
    this.#worker.onerror = () => this.close();
    this.#worker.onmessageerror = () => this.close();
  }

  /** What a FHIR record says; undefined when the thread does not answer, and it has to be read here. */
  read(data: Uint8Array, url: unknown): Promise<FhirContent | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    return new Promise((answer) => {
      const id = this.#next++;
      this.#answers.set(id, answer);
      this.#unsent.push({ id, data, url });
      if (this.#unsent.length === TOGETHER) this.#send();
      else this.#gathering ??= setTimeout(() => this.#send(), GATHER);
    });
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#waiting);
    this.#worker.terminate();
    for (const id of this.#answers.keys()) this.#answer(id, undefined);
  }

  #send(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#worker.postMessage(this.#unsent);
    this.#unsent = [];
    if (this.#waiting === undefined) this.#wait();
  }

  /** Waits for the next answer, when one is due. */
  #wait(): void {
    clearTimeout(this.#waiting);
    this.#waiting = this.#answers.size === 0 ? undefined : setTimeout(() => this.close(), PATIENCE);
  }

  #answer(id: number, content: FhirContent | undefined): void {
    this.#answers.get(id)?.(content);
    this.#answers.delete(id);
  }
}
