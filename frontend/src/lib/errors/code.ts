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

/** Errors of viem and wagmi by their names; asking by class would put both into the first load of every page. */
const namedCodes: Readonly<Record<string, string>> = {
  AbiDecodingZeroDataError: "CHAIN_NO_CONTRACT",
  ContractFunctionZeroDataError: "CHAIN_NO_CONTRACT",
  ChainMismatchError: "CHAIN_WRONG_NETWORK",
  ConnectorChainMismatchError: "CHAIN_WRONG_NETWORK",
  ConnectorNotConnectedError: "WALLET_DISCONNECTED",
  ConnectorUnavailableReconnectingError: "WALLET_DISCONNECTED",
  ProviderNotFoundError: "WALLET_DISCONNECTED",
  InsufficientFundsError: "CHAIN_NO_FUNDS",
  HttpRequestError: "CHAIN_UNREACHABLE",
  TimeoutError: "CHAIN_TIMEOUT",
  WaitForTransactionReceiptTimeoutError: "CHAIN_TIMEOUT",
  BlockNotFoundError: "CHAIN_NOT_FOUND",
  TransactionNotFoundError: "CHAIN_NOT_FOUND",
  TransactionReceiptNotFoundError: "CHAIN_NOT_FOUND",
};

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly data?: unknown;
}

function ofOne(error: unknown): CodedError | null {
  if (typeof error !== "object" || error === null) return null;
  const { name, code, data } = error as ErrorLike;
  if (name === "ContractFunctionRevertedError") {
    const { errorName, args = [] } = (data ?? {}) as { errorName?: string; args?: readonly unknown[] };
    return { code: errorName ?? "REVERT", args };
  }
  const named = typeof name === "string" && Object.hasOwn(namedCodes, name) ? namedCodes[name] : undefined;
  if (named) return { code: named, args: [] };
  const found = typeof code === "number" ? walletCodes[code] : code;
  return typeof found === "string" ? { code: found, args: [] } : null;
}

/**
 * Finds the code of an error: the innermost cause that the table has a sentence for (a revert says more than the call that
 * met it), else the outermost code.
 */
export function errorCode(error: unknown): CodedError {
  const chain: unknown[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && chain.length < 16;) {
    chain.push(at);
    at = at instanceof Error ? at.cause : undefined;
  }
  const coded = chain.map(ofOne).filter((known) => known !== null);
  return coded.findLast(({ code }) => findEntry(code)) ?? coded[0] ?? { code: "UNKNOWN", args: [] };
}
