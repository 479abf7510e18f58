import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { announcedBlockTime } from "./difficulty.ts";
import { messageOf, PowchainError } from "./errors.ts";
import type { Header } from "./header.ts";
import { lockDirectory } from "./lock.ts";
import { RecordFile } from "./record-file.ts";
import { altered } from "./record-format.ts";
import { INVALID_SEAL } from "./rules.ts";
import { verifySeal } from "./seal.ts";
import { StateFile } from "./state-file.ts";
import { readBlock } from "./stored-block.ts";

const BLOCKS = "blocks.dat";

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
    const blocks = RecordFile.open(join(directory, BLOCKS), "POWCHAIN", genesisHash);
    closers.push(() => blocks.close());
    const states = StateFile.open(join(directory, "state.dat"), genesisHash, log);
    closers.push(() => states.close());
    return { blocks, states, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * The block time of the chain in a directory, which its first block announces; the wanted one where there is no block yet.
 *
 * @param wanted seconds; undefined: whichever it is
 * @throws PowchainError POWCHAIN_GENESIS_MISMATCH when another is wanted, POWCHAIN_FILE_ALTERED
 */
export function blockTimeIn(directory: string, wanted: number | undefined): number | undefined {
  const path = join(directory, BLOCKS);
  const first = RecordFile.first(path);
  if (first === undefined) return wanted;
  const kept = announcedBlockTime(headerOf(first, path).extraData);
  if (wanted === undefined || wanted === kept) return kept;
  const rule = kept === undefined ? "stays the same" : `is adjusted to a block each ${kept} s`;
  throw new PowchainError(
    "POWCHAIN_GENESIS_MISMATCH",
    `The difficulty of the chain in ${directory} ${rule}; that was settled when it was begun. Nothing was changed. Start without a ` +
      `difficulty adjusted to ${wanted} s to go on with it, or choose another data directory.`,
  );
}

/** Checked by its own work: by what it announces the genesis block is made, against which it is checked later. */
function headerOf(firstBlock: Uint8Array, path: string): Header {
  try {
    const { header } = readBlock(firstBlock);
    if (!verifySeal(header)) throw new Error(INVALID_SEAL);
    return header;
  } catch (error) {
    throw altered(path, `block 1: ${messageOf(error)}`, error);
  }
}
