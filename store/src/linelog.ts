import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import path from "node:path";
import { syncDirectory, writeFileAtomically } from "./durable.ts";
import type { StoreError } from "./errors.ts";
import { errnoOf, fileError } from "./errors.ts";

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Append-only log of texts, one line each: 16 hex digits of the sha-256 of the text, a space, the text, which has no line break.
 * A text is on the disk when append resolves; concurrent appends share one flush.
 */
export class LineLog {
  readonly #handle: FileHandle;
  #end: number;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;
  #damage: StoreError | undefined;

  private constructor(handle: FileHandle, end: number) {
    this.#handle = handle;
    this.#end = end;
  }

  /** Puts a file with these texts, and no others, in the place of the log, and opens it for appending. */
  static async rewrite(file: string, texts: Iterable<string>): Promise<LineLog> {
    const content = Buffer.from([...texts].map(encodeLine).join(""));
    const temporary = `${file}.tmp`;
    await rm(temporary, { force: true });
    await writeFileAtomically(file, temporary, content);
    await syncDirectory(path.dirname(file));
    return new LineLog(await open(file, "r+"), content.length);
  }

  /** Opens a log for appending behind its last whole line; it is made when there is none. */
  static async extend(file: string): Promise<LineLog> {
    const handle = await open(file, "a+").then(async (created) => {
      await created.close();
      await syncDirectory(path.dirname(file));
      return open(file, "r+");
    });
    const end = await intactLength(file);
    await handle.truncate(end);
    return new LineLog(handle, end);
  }

  /** @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED; the text then does not count, not even after a restart */
  append(text: string): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.#pending.push({ line: encodeLine(text), done, failed });
    });
    this.#writing ??= this.#writeAll();
    return written;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#write(Buffer.from(batch.map((entry) => entry.line).join("")));
        for (const entry of batch) entry.done();
      } catch (error) {
        for (const entry of batch) entry.failed(fileError(error, "write"));
      }
    }
    // At once: who goes on when his text is written may append the next one before anything else happens.
    this.#writing = undefined;
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#damage) throw this.#damage;
    try {
      for (let offset = 0; offset < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, offset, bytes.length - offset, this.#end + offset);
        offset += bytesWritten;
      }
      await this.#handle.datasync();
      this.#end += bytes.length;
    } catch (error) {
      await this.#cutBack(error);
      throw error;
    }
  }

  /** Takes back a failed write. If even that fails nobody knows what the disk holds, and only a restart may go on. */
  async #cutBack(reason: unknown): Promise<void> {
    try {
      await this.#handle.truncate(this.#end);
      await this.#handle.datasync();
    } catch {
      this.#damage = fileError(reason, "write");
    }
  }
}

function encodeLine(text: string): string {
  return `${checksum(text)} ${text}\n`;
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function decodeLine(line: string): string | undefined {
  const text = line.slice(17);
  return line[16] === " " && line.slice(0, 16) === checksum(text) ? text : undefined;
}

/** A line of a log: its text, undefined when it is damaged, and where it ends in the file. */
interface Line {
  readonly text: string | undefined;
  readonly end: number;
}

/** The lines of a log up to its last whole one, part by part: a torn tail was never acknowledged. None when there is no file. */
async function* scan(file: string): AsyncGenerator<Line> {
  let damaged: Line[] = [];
  let rest = Buffer.alloc(0);
  let end = 0;
  try {
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, part]);
      let start = 0;
      for (let stop = rest.indexOf(0x0a); stop >= 0; stop = rest.indexOf(0x0a, start)) {
        const text = decodeLine(rest.toString("utf8", start, stop));
        end += stop + 1 - start;
        start = stop + 1;
        damaged.push({ text, end });
        if (text === undefined) continue;
        yield* damaged;
        damaged = [];
      }
      rest = rest.subarray(start);
    }
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw fileError(error, "read");
  }
}

/** Bytes up to the end of the last whole line. */
async function intactLength(file: string): Promise<number> {
  let length = 0;
  for await (const { end } of scan(file)) length = end;
  return length;
}

/**
 * The texts of a log that may not exist, in order and part by part; undefined for a line that is damaged.
 * @throws StoreError STORE_IO_FAILED
 */
export async function* streamLines(file: string): AsyncGenerator<string | undefined> {
  for await (const { text } of scan(file)) yield text;
}

/**
 * The same, all at once.
 * @throws StoreError STORE_IO_FAILED
 */
export async function readLines(file: string): Promise<(string | undefined)[]> {
  const texts: (string | undefined)[] = [];
  for await (const text of streamLines(file)) texts.push(text);
  return texts;
}
