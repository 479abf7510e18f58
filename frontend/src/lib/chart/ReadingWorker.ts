import type { FhirContent } from "./content.ts";
import type { Unread, WorkerAnswer } from "./contentWorker.ts";

/** Records that are sent at once: each message costs as much as a small record. */
const TOGETHER = 32;
/** Milliseconds after which fewer are sent. */
const PATIENCE = 10;

type Answer = (content: FhirContent | undefined) => void;

/** A thread that reads records. */
export class ReadingWorker {
  readonly #worker = new Worker(new URL("./contentWorker.ts", import.meta.url), { type: "module" });
  readonly #answers = new Map<number, Answer>();
  #unsent: Unread[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 0;
  #isOver = false;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      for (const [id, content] of data) this.#answer(id, content);
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
      else this.#timer ??= setTimeout(() => this.#send(), PATIENCE);
    });
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    for (const id of this.#answers.keys()) this.#answer(id, undefined);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#worker.postMessage(this.#unsent);
    this.#unsent = [];
  }

  #answer(id: number, content: FhirContent | undefined): void {
    this.#answers.get(id)?.(content);
    this.#answers.delete(id);
  }
}
