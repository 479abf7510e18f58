import path from "node:path";
import { StoreError } from "./errors.ts";
import { LineLog, readLines } from "./linelog.ts";

/** One change of the pins. */
export interface PinChange {
  readonly sign: "+" | "-";
  /** The CID as text. */
  readonly cid: string;
}

/** Log of pin changes: each is the sign, a space and the CID. */
export class PinLog {
  readonly #log: LineLog;

  private constructor(log: LineLog) {
    this.#log = log;
  }

  /**
   * Reads the log, rewrites it with only what still counts, and opens it for appending.
   * @returns the log and the pinned CIDs, in the order they were pinned
   * @throws StoreError STORE_PINS_DAMAGED when a line other than the last ones is unreadable
   */
  static async open(dataDir: string): Promise<{ log: PinLog; pinned: Set<string> }> {
    const file = path.join(dataDir, "pins.log");
    const pinned = replay(await readLines(file));
    const log = await LineLog.rewrite(
      file,
      [...pinned].map((cid) => `+ ${cid}`),
    );
    return { log: new PinLog(log), pinned };
  }

  /** @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED; the change then does not count, not even after a restart */
  append({ sign, cid }: PinChange): Promise<void> {
    return this.#log.append(`${sign} ${cid}`);
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

function decodeChange(text: string | undefined): PinChange | undefined {
  const [, sign, cid] = /^([+-]) ([0-9A-Za-z]+)$/.exec(text ?? "") ?? [];
  return cid && (sign === "+" || sign === "-") ? { sign, cid } : undefined;
}

/** Pinned CIDs after all changes. */
function replay(texts: (string | undefined)[]): Set<string> {
  const pinned = new Set<string>();
  texts.map(decodeChange).forEach((change, index) => {
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
