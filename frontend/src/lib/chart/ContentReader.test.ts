import { utf8, type OpenedRecord } from "@chartkey/sdk";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ContentReader } from "./ContentReader.ts";
import type { Unread, WorkerAnswer } from "./contentWorker.ts";

const zero = `0x${"0".repeat(64)}` as const;

function record(index: number): OpenedRecord {
  const data = utf8(
    JSON.stringify({ resourceType: "Condition", code: { text: `Asthma ${index}` }, subject: { display: "Ada" } }),
  );
  const meta = { contentType: "application/fhir+json", fullUrl: `urn:${index}` };
  const payload = { codec: 0, digest: zero } as const;
  return { recordId: zero, index, category: 5, author: "0x0", hospital: 1, time: 1, meta, payload, data };
}

/** A thread that does what the test says. */
class Thread {
  static readonly all: Thread[] = [];
  static say: (thread: Thread, records: readonly Unread[]) => void = () => {};
  onmessage: ((event: { data: WorkerAnswer }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly messages: (readonly Unread[])[] = [];
  isOver = false;

  constructor() {
    Thread.all.push(this);
  }

  postMessage(records: readonly Unread[]): void {
    this.messages.push(records);
    Thread.say(this, records);
  }

  terminate(): void {
    this.isOver = true;
  }
}

const answer = (thread: Thread, records: readonly Unread[]) =>
  thread.onmessage?.({ data: records.map(({ id, url }) => [id, { parts: [{ json: "by the thread", url }] }]) });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  Thread.all.length = 0;
});

/** A reader of so many records, and what it read of them. */
async function read(count: number, say: typeof Thread.say, expected = count) {
  vi.stubGlobal("Worker", Thread);
  Thread.say = say;
  const reader = new ContentReader();
  reader.expect(expected);
  const records = Array.from({ length: count }, (_, index) => record(index));
  const contents = await Promise.all(records.map((each) => reader.contentOf(each)));
  return { reader, contents, jsons: contents.map(({ parts }) => parts[0]?.json) };
}

describe("ContentReader", () => {
  it("has another thread read many records, some together, and names each", async () => {
    const { reader, contents, jsons } = await read(200, answer);
    expect(new Set(jsons)).toEqual(new Set(["by the thread"]));
    expect(contents.map(({ parts }) => parts[0]?.url)).toEqual(Array.from({ length: 200 }, (_, at) => `urn:${at}`));
    const [thread, ...others] = Thread.all;
    expect([others.length, thread!.messages.length]).toEqual([0, 7]);
    reader.close();
    expect(thread!.isOver).toBe(true);
  });

  it("reads few itself", async () => {
    const { contents } = await read(3, answer);
    expect(Thread.all).toEqual([]);
    expect(contents.map(({ parts }) => parts[0]?.summary?.title)).toEqual(["Asthma 0", "Asthma 1", "Asthma 2"]);
  });

  it("reads itself what a thread that fails did not", async () => {
    const { contents } = await read(
      40,
      (thread, records) => (thread.messages.length === 1 ? answer(thread, records) : thread.onerror?.()),
      200,
    );
    expect(contents.map(({ parts }) => parts[0]?.summary?.title ?? parts[0]?.json)).toEqual([
      ...Array(32).fill("by the thread"),
      ...Array.from({ length: 8 }, (_, at) => `Asthma ${32 + at}`),
    ]);
    expect(Thread.all[0]!.isOver).toBe(true);
  });

  it("names the record that holds a thread up, and has the next one read the others", async () => {
    vi.useFakeTimers();
    const stuck = new Set<Thread>();
    const reading = read(
      64,
      (thread, records) => {
        if (records.some(({ url }) => url === "urn:40")) stuck.add(thread);
        // A thread takes one message after the other.
        if (!stuck.has(thread)) answer(thread, records);
      },
      200,
    );
    await vi.advanceTimersByTimeAsync(59_000);
    expect(Thread.all.map(({ isOver }) => isOver)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(Thread.all.map(({ isOver }) => isOver)).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(60_000);
    const { reader, contents } = await reading;
    expect(contents.map(({ problem }, at) => (problem === undefined ? [] : [at, problem])).flat()).toEqual([
      ...[40, "RECORD_TOO_SLOW"],
    ]);
    expect(contents[40]?.parts).toEqual([{ json: undefined, url: "urn:40" }]);
    expect(Thread.all.map(({ isOver }) => isOver)).toEqual([true, true, false]);
    // Nobody waits for what was answered.
    await vi.advanceTimersByTimeAsync(120_000);
    expect(Thread.all.length).toBe(3);
    reader.close();
    expect(Thread.all[2]!.isOver).toBe(true);
  });

  it("has another thread read a large record, however few there are", async () => {
    vi.stubGlobal("Worker", Thread);
    Thread.say = answer;
    const reader = new ContentReader();
    const large = { ...record(1), data: new Uint8Array(1 << 18) };
    expect((await reader.contentOf(large)).parts[0]?.json).toBe("by the thread");
    reader.close();
    expect(Thread.all.map(({ isOver }) => isOver)).toEqual([true]);
  });

  it("reads nothing more once the key is locked, and ends the thread", async () => {
    vi.stubGlobal("Worker", Thread);
    Thread.say = () => {};
    const lock = new AbortController();
    const reader = new ContentReader(lock.signal);
    reader.expect(200);
    const asked = reader.contentOf(record(1));
    lock.abort(new Error("locked"));
    await expect(asked).rejects.toThrow("locked");
    await expect(reader.contentOf(record(2))).rejects.toThrow("locked");
    expect(Thread.all[0]!.isOver).toBe(true);
  });

  it("reads a record once", async () => {
    const reader = new ContentReader();
    const one = record(1);
    expect(await reader.contentOf(one)).toBe(await reader.contentOf(one));
  });
});
