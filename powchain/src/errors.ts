/** Codes of the errors that stop powchain from starting or from writing. */
export type PowchainErrorCode =
  | "POWCHAIN_OPTIONS"
  | "POWCHAIN_PORT_IN_USE"
  | "POWCHAIN_LOCKED"
  | "POWCHAIN_FILE_ALTERED"
  | "POWCHAIN_GENESIS_MISMATCH"
  | "POWCHAIN_STATE_DAMAGED"
  | "POWCHAIN_WRITE_FAILED"
  | "POWCHAIN_CLOSED";

/** An error with a stable code for programs and a sentence for people. */
export class PowchainError extends Error {
  override readonly name = "PowchainError";
  readonly code: PowchainErrorCode;

  constructor(code: PowchainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The message of anything thrown, for logs and for JSON-RPC answers. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
