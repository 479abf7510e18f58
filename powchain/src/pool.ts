import type { TypedTransaction } from "@ethereumjs/tx";
import { bytesToHex, type PrefixedHexString } from "@ethereumjs/util";
import { effectiveGasPrice, feesOf } from "./fees.ts";

/** Why a transaction is not accepted; the sentences begin like those of geth, which wallets recognise. */
export class TransactionRefused extends Error {
  override readonly name = "TransactionRefused";
}

/** What admission depends on: the sender's account at the head, and the block to come. */
export interface AdmissionContext {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly baseFee: bigint;
  readonly gasLimit: bigint;
}

const MAX_TRANSACTIONS = 10_000;
const REPLACEMENT_PERCENT = 110n;

/** Transactions waiting for a block, per sender by nonce. */
export class TransactionPool {
  readonly #bySender = new Map<string, Map<bigint, TypedTransaction>>();
  readonly #byHash = new Map<PrefixedHexString, TypedTransaction>();

  get size(): number {
    return this.#byHash.size;
  }

  get(hash: PrefixedHexString): TypedTransaction | undefined {
    return this.#byHash.get(hash);
  }

  /** Everything that waits, in order of arrival. */
  all(): TypedTransaction[] {
    return [...this.#byHash.values()];
  }

  senders(): string[] {
    return [...this.#bySender.keys()];
  }

  /** The waiting transaction of a sender with this nonce. */
  at(sender: string, nonce: bigint): TypedTransaction | undefined {
    return this.#bySender.get(sender)?.get(nonce);
  }

  /** First nonce from `nonce` on for which nothing waits: what eth_getTransactionCount("pending") answers. */
  nextNonce(sender: string, nonce: bigint): bigint {
    let next = nonce;
    while (this.at(sender, next)) next++;
    return next;
  }

  /**
   * Accepts a signed transaction, or replaces the one with the same sender and nonce when both fees rise by a tenth.
   *
   * @throws TransactionRefused
   */
  add(transaction: TypedTransaction, context: AdmissionContext): PrefixedHexString {
    const hash = bytesToHex(transaction.hash());
    if (this.#byHash.has(hash)) throw new TransactionRefused("already known");
    const sender = transaction.getSenderAddress().toString();
    const previous = this.at(sender, transaction.nonce);
    checkTransaction(transaction, context);
    if (previous) checkReplacement(transaction, previous);
    this.#checkFunds(transaction, sender, context.balance);
    if (this.size >= MAX_TRANSACTIONS && !previous) throw new TransactionRefused("txpool is full");
    if (previous) this.remove(previous);
    const queue = this.#bySender.get(sender) ?? new Map<bigint, TypedTransaction>();
    this.#bySender.set(sender, queue.set(transaction.nonce, transaction));
    this.#byHash.set(hash, transaction);
    return hash;
  }

  remove(transaction: TypedTransaction): void {
    const hash = bytesToHex(transaction.hash());
    if (!this.#byHash.delete(hash)) return;
    const sender = transaction.getSenderAddress().toString();
    const queue = this.#bySender.get(sender);
    queue?.delete(transaction.nonce);
    if (queue?.size === 0) this.#bySender.delete(sender);
  }

  /** The balance must cover everything the sender has waiting, not only this transaction. */
  #checkFunds(transaction: TypedTransaction, sender: string, balance: bigint): void {
    let cost = maximumCost(transaction);
    for (const [nonce, waiting] of this.#bySender.get(sender) ?? []) {
      if (nonce !== transaction.nonce) cost += maximumCost(waiting);
    }
    if (cost > balance) {
      throw new TransactionRefused(
        `insufficient funds for gas * price + value: address ${sender} have ${balance} want ${cost}`,
      );
    }
  }
}

function checkTransaction(transaction: TypedTransaction, { nonce, baseFee, gasLimit }: AdmissionContext): void {
  const { maxFee } = feesOf(transaction);
  const intrinsic = transaction.getIntrinsicGas();
  if (transaction.nonce < nonce) {
    throw new TransactionRefused(`nonce too low: next nonce ${nonce}, tx nonce ${transaction.nonce}`);
  }
  if (transaction.gasLimit > gasLimit) {
    throw new TransactionRefused(`exceeds block gas limit: gas ${transaction.gasLimit}, limit ${gasLimit}`);
  }
  if (transaction.gasLimit < intrinsic) {
    throw new TransactionRefused(`intrinsic gas too low: gas ${transaction.gasLimit}, minimum needed ${intrinsic}`);
  }
  if (maxFee < baseFee) {
    throw new TransactionRefused(
      `max fee per gas less than block base fee: maxFeePerGas ${maxFee}, baseFee ${baseFee}`,
    );
  }
}

function checkReplacement(transaction: TypedTransaction, previous: TypedTransaction): void {
  const next = feesOf(transaction);
  const old = feesOf(previous);
  const rises = (now: bigint, before: bigint) => now > before && now * 100n >= before * REPLACEMENT_PERCENT;
  if (!rises(next.maxFee, old.maxFee) || !rises(next.tip, old.tip)) {
    throw new TransactionRefused("replacement transaction underpriced: both fees must rise by 10 %");
  }
}

function maximumCost(transaction: TypedTransaction): bigint {
  return transaction.gasLimit * feesOf(transaction).maxFee + transaction.value;
}

/** What the miner earns per gas at this base fee (wei); negative when the transaction must wait. */
export function minerTip(transaction: TypedTransaction, baseFee: bigint): bigint {
  return effectiveGasPrice(transaction, baseFee) - baseFee;
}
