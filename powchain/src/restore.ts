import { createBlockFromRLP } from "@ethereumjs/block";
import type { Disk } from "./disk.ts";
import { messageOf, PowchainError } from "./errors.ts";
import type { Machine } from "./machine.ts";
import { altered } from "./record-format.ts";
import { checkBlock } from "./rules.ts";
import { readBlock } from "./stored-block.ts";

export interface RestoreOptions {
  /** Execute every block, also those whose state is on disk. */
  readonly revalidate: boolean;
  readonly log: (message: string) => void;
}

/**
 * Reads the chain from disk. Each block is checked against the one before; its receipts and state are read as far as they are there, and
 * made by executing the blocks from there on.
 *
 * @throws PowchainError POWCHAIN_FILE_ALTERED naming the block, POWCHAIN_STATE_DAMAGED
 */
export async function restore(machine: Machine, { blocks, states }: Disk, options: RestoreOptions): Promise<void> {
  const { revalidate, log } = options;
  const started = performance.now();
  let executed = 0;

  const add = async (bytes: Uint8Array) => {
    const stored = readBlock(bytes);
    await checkBlock(stored, machine.history.headHeader);
    const saved = revalidate ? undefined : await states.read(stored.header, machine.nodes);
    if (saved) return machine.load(stored, saved);
    const block = createBlockFromRLP(bytes, { common: machine.common });
    const result = await machine.execute(block);
    machine.add({ ...stored, block }, result);
    states.write(stored.header, result);
    executed++;
  };

  for (let bytes = blocks.next(); bytes; bytes = blocks.next()) {
    try {
      await add(bytes);
    } catch (error) {
      if (error instanceof PowchainError) throw error;
      throw altered(blocks.path, `block ${blocks.count}: ${messageOf(error)}`, error);
    }
  }
  if (blocks.damage !== undefined) throw altered(blocks.path, blocks.damage);
  states.endReading();
  if (blocks.rest > 0) {
    log(`${blocks.path}: ${blocks.rest} bytes of an unfinished block after block ${blocks.count} were cut off`);
    blocks.cut();
  }
  if (blocks.count === 0) return;
  const took = Math.round(performance.now() - started);
  log(`${blocks.path}: ${blocks.count} blocks verified in ${took} ms, ${executed} of them executed`);
}
