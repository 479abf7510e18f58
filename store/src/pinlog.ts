import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { syncDirectory, writeFileAtomically } from "./durable.ts";
import { StoreError, errnoOf, fileError } from "./errors.ts";

/** One change of the pins. */
export interface PinChange {
  readonly sign: "+" | "-";
  /** The CID as text. */
  readonly cid: string;
}

interface Pending {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Append-only log of pin changes, one line each: 16 hex digits of the sha-256 of the rest, a space, the sign, the CID.
 * A change is on the disk when append resolves; concurrent appends share one flush.
 */
export class PinLog {
  readonly #handle: FileHandle;
  #end: number;
  #pending: Pending[] = [];
  #writing: Promise<void> | undefined;
  #damage: StoreError | undefined;

  private constructor(handle: FileHandle, end: number) {
    this.#handle = handle;
    this.#end = end;
  }

  /**
   * Reads the log, rewrites it with only what still counts, and opens it for appending.
   * @returns the log and the pinned CIDs, in the order they were pinned
   * @throws StoreError STORE_PINS_DAMAGED when a line other than the last ones is unreadable
   */
  static async open(dataDir: string): Promise<{ log: PinLog; pinned: Set<string> }> {
    const file = path.join(dataDir, "pins.log");
    const pinned = replay(await readIfPresent(file));
    const content = Buffer.from([...pinned].map((cid) => encodeLine({ sign: "+", cid })).join(""));
    const temporary = `${file}.tmp`;
    await rm(temporary, { force: true });
    await writeFileAtomically(file, temporary, content);
    await syncDirectory(dataDir);
    return { log: new PinLog(await open(file, "r+"), content.length), pinned };
  }

  /** @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED; the change then does not count, not even after a restart */
  append(change: PinChange): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.#pending.push({ line: encodeLine(change), done, failed });
    });
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
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
        if (this.#damage) throw this.#damage;
        await this.#write(Buffer.from(batch.map((entry) => entry.line).join("")));
        for (const entry of batch) entry.done();
      } catch (error) {
        for (const entry of batch) entry.failed(fileError(error, "write"));
      }
    }
  }

  async #write(bytes: Buffer): Promise<void> {
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

function encodeLine({ sign, cid }: PinChange): string {
  return `${checksum(`${sign} ${cid}`)} ${sign} ${cid}\n`;
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function decodeLine(line: string): PinChange | undefined {
  const [, sum, sign, cid] = /^([0-9a-f]{16}) ([+-]) ([0-9A-Za-z]+)$/.exec(line) ?? [];
  if (!cid || (sign !== "+" && sign !== "-") || sum !== checksum(`${sign} ${cid}`)) return undefined;
  return { sign, cid };
}

/** Pinned CIDs after all changes. A torn tail was never acknowledged and is dropped; anything else is damage. */
function replay(text: string): Set<string> {
  const pinned = new Set<string>();
  const lines = text.split("\n");
  lines.pop(); // what follows the last newline: empty, or torn
  const changes = lines.map(decodeLine);
  const intact = changes.findLastIndex((change) => change !== undefined) + 1;
  changes.slice(0, intact).forEach((change, index) => {
    if (!change) {
      throw new StoreError(
        "STORE_PINS_DAMAGED",
        `line ${index + 1} of pins.log is damaged, so the store cannot tell what must be kept. ` +
          "Restore the file from a backup, or remove that line and pin its content again.",
      );
    }
    if (change.sign === "+") pinned.add(change.cid);
    else pinned.delete(change.cid);
  });
  return pinned;
}

async function readIfPresent(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return "";
    throw fileError(error, "read");
  }
}
