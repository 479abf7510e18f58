import { isFeeMarket1559Tx, type TypedTransaction } from "@ethereumjs/tx";

/** Price per gas (wei) which the transaction pays in a block with this base fee. */
export function effectiveGasPrice(transaction: TypedTransaction, baseFee: bigint): bigint {
  const { maxFee, tip } = feesOf(transaction);
  return maxFee < baseFee + tip ? maxFee : baseFee + tip;
}

/** The two fee limits of any transaction type, in wei per gas; a legacy gas price stands for both. */
export function feesOf(transaction: TypedTransaction): { maxFee: bigint; tip: bigint } {
  if (isFeeMarket1559Tx(transaction)) {
    return { maxFee: transaction.maxFeePerGas, tip: transaction.maxPriorityFeePerGas };
  }
  const price = "gasPrice" in transaction ? transaction.gasPrice : 0n;
  return { maxFee: price, tip: price };
}
