import {
  BaseError,
  BlockNotFoundError,
  ChainMismatchError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  HttpRequestError,
  InsufficientFundsError,
  TimeoutError,
  TransactionNotFoundError,
  TransactionReceiptNotFoundError,
  WaitForTransactionReceiptTimeoutError,
} from "viem";
import { findEntry } from "./table.ts";

/** What is known of an error: a code for the table, and the decoded arguments of a contract's error. */
export interface CodedError {
  readonly code: string;
  readonly args: readonly unknown[];
}

/** EIP-1193 and EIP-1474 numbers that wallets answer with. */
const walletCodes: Readonly<Record<number, string>> = {
  4001: "WALLET_REJECTED",
  4100: "WALLET_DISCONNECTED",
  4200: "WALLET_UNSUPPORTED",
  4900: "WALLET_DISCONNECTED",
  4901: "CHAIN_WRONG_NETWORK",
  4902: "CHAIN_WRONG_NETWORK",
  [-32002]: "WALLET_PENDING",
};

function ofOne(error: unknown): CodedError | null {
  const coded = (code: string, args: readonly unknown[] = []): CodedError => ({ code, args });
  if (error instanceof ContractFunctionRevertedError) {
    return error.data ? coded(error.data.errorName, error.data.args ?? []) : coded("REVERT");
  }
  if (error instanceof ContractFunctionZeroDataError) return coded("CHAIN_NO_CONTRACT");
  if (error instanceof ChainMismatchError) return coded("CHAIN_WRONG_NETWORK");
  if (error instanceof InsufficientFundsError) return coded("CHAIN_NO_FUNDS");
  if (error instanceof TimeoutError || error instanceof WaitForTransactionReceiptTimeoutError)
    return coded("CHAIN_TIMEOUT");
  if (error instanceof HttpRequestError) return coded("CHAIN_UNREACHABLE");
  if (
    error instanceof BlockNotFoundError ||
    error instanceof TransactionNotFoundError ||
    error instanceof TransactionReceiptNotFoundError
  ) {
    return coded("CHAIN_NOT_FOUND");
  }
  if (typeof error !== "object" || error === null) return null;
  const { code, name } = error as { code?: unknown; name?: unknown };
  // wagmi's connector errors carry names, no codes.
  if (name === "ConnectorNotConnectedError" || name === "ConnectorUnavailableReconnectingError")
    return coded("WALLET_DISCONNECTED");
  if (name === "ConnectorChainMismatchError") return coded("CHAIN_WRONG_NETWORK");
  if (typeof code === "number") return code in walletCodes ? coded(walletCodes[code] ?? "UNKNOWN") : null;
  return typeof code === "string" ? coded(code) : null;
}

/**
 * Finds the code of an error: the innermost cause that the table has a sentence for (a revert says more than the call that
 * met it), else the outermost code.
 */
export function errorCode(error: unknown): CodedError {
  const chain: unknown[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && chain.length < 16;) {
    chain.push(at);
    at = at instanceof BaseError || at instanceof Error ? at.cause : undefined;
  }
  const coded = chain.map(ofOne).filter((known) => known !== null);
  return coded.findLast(({ code }) => findEntry(code)) ?? coded[0] ?? { code: "UNKNOWN", args: [] };
}
