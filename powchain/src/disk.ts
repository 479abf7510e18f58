import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "./lock.ts";
import { RecordFile } from "./record-file.ts";
import { StateFile } from "./state-file.ts";

/** The data directory: the blocks, which are the chain, and the state that follows from them. */
export interface Disk {
  readonly blocks: RecordFile;
  readonly states: StateFile;
  close(): void;
}

/** @throws PowchainError POWCHAIN_LOCKED, and POWCHAIN_FILE_ALTERED or POWCHAIN_GENESIS_MISMATCH of the file of the blocks */
export function openDisk(directory: string, genesisHash: Uint8Array, log: (message: string) => void): Disk {
  mkdirSync(directory, { recursive: true });
  const closers = [lockDirectory(directory)];
  const close = () => closers.toReversed().forEach((end) => end());
  try {
    const blocks = RecordFile.open(join(directory, "blocks.dat"), "POWCHAIN", genesisHash);
    closers.push(() => blocks.close());
    const states = StateFile.open(join(directory, "state.dat"), genesisHash, log);
    closers.push(() => states.close());
    return { blocks, states, close };
  } catch (error) {
    close();
    throw error;
  }
}
