import { Capability, createTxFromRLP, type TypedTransaction } from "@ethereumjs/tx";
import { bytesToHex, hexToBytes } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { messageOf } from "../errors.ts";
import { TransactionRefused } from "../pool.ts";
import { RPC_CODE, RpcError } from "./errors.ts";
import { hex, type MethodTable } from "./params.ts";

/** First byte of a legacy transaction (an RLP list) is at least this; below it is the type (EIP-2718). */
const LEGACY_FROM = 0xc0;
const TYPES = new Set([1, 2]);

/** Sending and mining. */
export function transactionMethods(chain: Chain): MethodTable {
  return {
    eth_sendRawTransaction: async ([raw]) => {
      const transaction = decode(chain, hexToBytes(hex(raw, "transaction")));
      if (chain.history.transaction(bytesToHex(transaction.hash()))) throw rejected("already known");
      try {
        return await chain.submit(transaction);
      } catch (error) {
        if (error instanceof TransactionRefused) throw rejected(error.message);
        throw error;
      }
    },
    evm_mine: async () => {
      await chain.mine();
      return "0x0";
    },
  };
}

function decode(chain: Chain, bytes: Uint8Array): TypedTransaction {
  const first = bytes[0] ?? 0;
  if (first < LEGACY_FROM && !TYPES.has(first)) throw rejected("transaction type not supported");
  let transaction: TypedTransaction;
  try {
    transaction = createTxFromRLP(bytes, { common: chain.common });
    if (!transaction.isSigned()) throw new Error("not signed");
    transaction.getSenderAddress();
  } catch (error) {
    throw rejected(`invalid transaction: ${messageOf(error).split(" (tx ")[0]}`);
  }
  if (transaction.type === 0 && !transaction.supports(Capability.EIP155ReplayProtection)) {
    throw rejected("only replay-protected (EIP-155) transactions allowed over RPC");
  }
  return transaction;
}

function rejected(message: string): RpcError {
  return new RpcError(RPC_CODE.rejected, message);
}
