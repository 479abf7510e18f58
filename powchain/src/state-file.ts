import { equalsBytes } from "@ethereumjs/util";
import { messageOf, PowchainError } from "./errors.ts";
import { decodeExecuted, encodeExecuted, type Executed, type SavedExecuted } from "./executed.ts";
import type { Header } from "./header.ts";
import type { NodeStore } from "./nodes.ts";
import { RecordFile } from "./record-file.ts";

const MAGIC = "POWSTATE";

/**
 * What executing the blocks gave, a record for each. It can be made again from the blocks: it is written after them and not waited for, may
 * end before the last one, and where it does not hold it is cut.
 */
export class StateFile {
  readonly #log: (message: string) => void;
  #file: RecordFile | undefined;
  /** Whether records may follow that have not been read. */
  #reading = true;

  private constructor(file: RecordFile, log: (message: string) => void) {
    this.#file = file;
    this.#log = log;
  }

  /** Opens or creates the file. Damaged or of another chain, it is begun anew: the blocks decide which chain this is. */
  static open(path: string, genesisHash: Uint8Array, log: (message: string) => void): StateFile {
    try {
      return new StateFile(RecordFile.open(path, MAGIC, genesisHash), log);
    } catch (error) {
      if (!(error instanceof PowchainError)) throw error;
      log(`${path} is not the state of this chain and is begun anew`);
      return new StateFile(RecordFile.anew(path, MAGIC, genesisHash), log);
    }
  }

  /**
   * What executing the next block gave. After the first block of which the file does not tell, it tells of none.
   *
   * @param before nodes of the states before
   */
  async read(header: Header, before: NodeStore): Promise<SavedExecuted | undefined> {
    const record = this.#reading ? this.#file?.next() : undefined;
    if (!record) return this.#stopReading(header);
    try {
      return await decodeExecuted(header, record, before);
    } catch (error) {
      return this.#stopReading(header, messageOf(error));
    }
  }

  /** Keeps what executing the next block gave. A record of it that was not read is compared, and replaced if it differs. */
  write(header: Header, executed: Executed): void {
    const record = encodeExecuted(executed);
    const there = this.#reading ? this.#file?.next() : undefined;
    if (there && equalsBytes(there, record)) return;
    this.#stopReading(header, there && "executing the block gives another");
    try {
      this.#file?.append(record, false);
    } catch (error) {
      this.#log(`${messageOf(error)}: it and the blocks after it are executed again at the next start`);
      this.close();
    }
  }

  /** Removes what follows the state of the last block. */
  endReading(): void {
    if (this.#reading && this.#file && this.#file.rest > 0) this.#file.cut();
    this.#reading = false;
  }

  /** Empties the file and writes no more: what it held turned out not to be the state. */
  drop(): void {
    this.#file?.cut(0);
    this.close();
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #stopReading({ number }: Header, why?: string): undefined {
    if (!this.#reading || !this.#file) return;
    this.#reading = false;
    const kept = Number(number) - 1;
    const { path, damage, rest } = this.#file;
    const reason = why ?? damage ?? (rest > 0 ? "its record is unfinished" : "it was not written");
    this.#file.cut(kept);
    this.#log(`${path}: no state of block ${kept + 1}: ${reason}. This and the blocks after it are executed again.`);
  }
}
