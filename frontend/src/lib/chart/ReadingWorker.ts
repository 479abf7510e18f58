import type { FhirContent } from "./content.ts";
import type { Unread, WorkerAnswer } from "./contentWorker.ts";

/** Records that are sent at once: each message costs as much as a small record. */
const TOGETHER = 32;
/** Milliseconds after which fewer are sent. */
const GATHER = 10;
/** Milliseconds without any answer after which a thread is stuck: the largest record takes it a few seconds. */
const PATIENCE = 60_000;

type Answer = (content: FhirContent | undefined) => void;

/** A thread that reads records. One that a record holds up is replaced, and that record named; the others are read by the next one. */
export class ReadingWorker {
  #worker = this.#begin();
  readonly #answers = new Map<number, Answer>();
  /** Messages that were not answered, in their order. */
  #sent: (readonly Unread[])[] = [];
  #unsent: Unread[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #next = 0;
  #isOver = false;

  /** What a FHIR record says; undefined when there can be no thread, and it has to be read here. */
  read(data: Uint8Array, url: unknown): Promise<FhirContent | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    return new Promise((answer) => {
      const id = this.#next++;
      this.#answers.set(id, answer);
      this.#unsent.push({ id, data, url });
      if (this.#unsent.length === TOGETHER) this.#gathered();
      else this.#gathering ??= setTimeout(() => this.#gathered(), GATHER);
    });
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#waiting);
    this.#worker.terminate();
    for (const id of this.#answers.keys()) this.#answer(id, undefined);
  }

  #begin(): Worker {
    const worker = new Worker(new URL("./contentWorker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      this.#sent.shift();
      for (const [id, content] of data) this.#answer(id, content);
      this.#wait();
    };
    worker.onerror = () => this.close();
    worker.onmessageerror = () => this.close();
    return worker;
  }

  #gathered(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#send(this.#unsent);
    this.#unsent = [];
  }

  #send(message: readonly Unread[]): void {
    this.#sent.push(message);
    if (this.#waiting === undefined) this.#wait();
    this.#worker.postMessage(message);
  }

  /** Waits for the next answer, when one is due. */
  #wait(): void {
    clearTimeout(this.#waiting);
    this.#waiting = this.#sent.length === 0 ? undefined : setTimeout(() => this.#replace(), PATIENCE);
  }

  /** Of several records the next thread is sent one by one, so that it is known which one it is. */
  #replace(): void {
    this.#worker.terminate();
    this.#worker = this.#begin();
    this.#waiting = undefined;
    const [stuck = [], ...others] = this.#sent;
    this.#sent = [];
    const [first] = stuck;
    if (stuck.length === 1 && first !== undefined)
      this.#answer(first.id, { problem: "RECORD_TOO_SLOW", parts: [{ json: undefined, url: first.url }] });
    else for (const one of stuck) this.#send([one]);
    for (const message of others) this.#send(message);
  }

  #answer(id: number, content: FhirContent | undefined): void {
    this.#answers.get(id)?.(content);
    this.#answers.delete(id);
  }
}
