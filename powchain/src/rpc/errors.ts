/** JSON-RPC 2.0 and EIP-1474 error codes used here. */
export const RPC_CODE = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  /** Geth's catch-all for a request that is well formed and still impossible. */
  rejected: -32000,
  limitExceeded: -32005,
  /** Execution reverted; the error carries the revert data. */
  reverted: 3,
} as const;

/** An error that is answered to the caller as it stands. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: string | undefined;

  constructor(code: number, message: string, data?: string) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export function invalidParams(message: string): RpcError {
  return new RpcError(RPC_CODE.invalidParams, message);
}
