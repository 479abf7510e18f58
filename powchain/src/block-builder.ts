import { createBlock, createBlockFromBytesArray, type Block } from "@ethereumjs/block";
import type { TypedTransaction } from "@ethereumjs/tx";
import { createAddressFromString } from "@ethereumjs/util";
import { buildBlock, type BlockBuilder, type TxReceipt } from "@ethereumjs/vm";
import { BLOCK_GAS_LIMIT, COINBASE } from "./common.ts";
import { announcement, nextDifficulty } from "./difficulty.ts";
import { messageOf } from "./errors.ts";
import type { Executed } from "./executed.ts";
import type { Machine, Workspace } from "./machine.ts";
import type { SealResult } from "./miner.ts";
import { minerTip, type TransactionPool } from "./pool.ts";
import { encodeReceipts } from "./receipts.ts";
import { SEAL_FIELDS } from "./seal.ts";

/** A block that is executed but not yet sealed. */
export interface UnsealedBlock {
  readonly block: Block;
  readonly executed: Executed;
}

/** Fields of the block after `parent`, as far as they are known before execution. */
export function nextHeader(parent: Block) {
  const { header } = parent;
  const now = BigInt(Math.floor(Date.now() / 1000));
  // Never before the parent, and not after it either when blocks follow each other within a second.
  const timestamp = now > header.timestamp ? now : header.timestamp;
  return {
    parentHash: parent.hash(),
    number: header.number + 1n,
    timestamp,
    gasLimit: BLOCK_GAS_LIMIT,
    baseFeePerGas: header.calcNextBaseFee(),
    difficulty: nextDifficulty(header, timestamp),
    extraData: announcement(header.extraData),
    coinbase: createAddressFromString(COINBASE),
  };
}

/** The block that would follow `parent` now, without transactions: the environment of calls at "latest". */
export function nextEnvironment(parent: Block): Block {
  return createBlock({ header: nextHeader(parent) }, { common: parent.common, skipConsensusFormatValidation: true });
}

/**
 * Executes waiting transactions on top of `parent`. A transaction that cannot run is dropped from the pool.
 *
 * @param allowEmpty build a block even when no transaction fits
 * @param drop told about each transaction that cannot run
 * @returns undefined when there is nothing to include and `allowEmpty` is false
 */
export async function buildNextBlock(
  machine: Machine,
  parent: Block,
  pool: TransactionPool,
  allowEmpty: boolean,
  drop: (transaction: TypedTransaction, reason: string) => void,
): Promise<UnsealedBlock | undefined> {
  const { vm, state, layer } = await machine.at(parent.header.stateRoot);
  const headerData = nextHeader(parent);
  const builder = await buildBlock(vm, {
    parentBlock: parent,
    headerData,
    blockOpts: { putBlockIntoBlockchain: false },
  });
  const receipts = await fill(builder, { state }, pool, headerData.baseFeePerGas, drop);
  if (receipts.length === 0 && !allowEmpty) return undefined;
  const { block } = await builder.build();
  return {
    block,
    executed: { receipts: encodeReceipts(block, receipts), nodes: layer.newNodes(block.header.stateRoot) },
  };
}

/** Puts the seal into the header. */
export function sealBlock(unsealed: Block, seal: Pick<SealResult, "mixHash" | "nonce">): Block {
  const raw = unsealed.raw();
  raw[0][SEAL_FIELDS.mixHash] = seal.mixHash;
  raw[0][SEAL_FIELDS.nonce] = seal.nonce;
  return createBlockFromBytesArray(raw, { common: unsealed.common });
}

async function fill(
  builder: BlockBuilder,
  { state }: Pick<Workspace, "state">,
  pool: TransactionPool,
  baseFee: bigint,
  drop: (transaction: TypedTransaction, reason: string) => void,
): Promise<TxReceipt[]> {
  const receipts: TxReceipt[] = [];
  /** Next nonce of each sender that still takes part in this block. */
  const nonces = new Map<string, bigint>();
  for (const sender of pool.senders()) {
    const account = await state.getAccount(createAddressFromString(sender));
    nonces.set(sender, account?.nonce ?? 0n);
  }
  for (;;) {
    const best = bestTransaction(pool, nonces, baseFee);
    if (!best) return receipts;
    const { sender, transaction } = best;
    if (transaction.gasLimit > BLOCK_GAS_LIMIT - builder.gasUsed) {
      nonces.delete(sender); // waits for the next block
      continue;
    }
    try {
      receipts.push((await builder.addTransaction(transaction)).receipt);
      nonces.set(sender, transaction.nonce + 1n);
    } catch (error) {
      drop(transaction, messageOf(error));
      nonces.delete(sender);
    }
  }
}

/** The executable transaction that pays most; among equals the sender who came first. */
function bestTransaction(pool: TransactionPool, nonces: ReadonlyMap<string, bigint>, baseFee: bigint) {
  let best: { sender: string; transaction: TypedTransaction; tip: bigint } | undefined;
  for (const [sender, nonce] of nonces) {
    const transaction = pool.at(sender, nonce);
    if (!transaction) continue;
    const tip = minerTip(transaction, baseFee);
    if (tip >= 0n && (!best || tip > best.tip)) best = { sender, transaction, tip };
  }
  return best;
}
