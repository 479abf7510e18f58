/** An error that a program can tell apart by `code` and a person can act on by `message`. Never holds a secret or plaintext. */
export class ChartkeyError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: string, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ChartkeyError";
    this.code = code;
    this.details = options.details;
  }
}

/** What a check throws, as a value; undefined when it holds. Errors that are not Chartkey's own are thrown on. */
export function findingOf(check: () => void): ChartkeyError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ChartkeyError) return error;
    throw error;
  }
}

const OF_THE_CONNECTION =
  /^(CHAIN_|WALLET_|LEDGER_|CONSENT_|STORE_(UNREACHABLE|REFUSED|UNAUTHORIZED|BUSY|CHAIN_UNREACHABLE|QUOTA)$)/;

/**
 * Whether an error says nothing of what was read: the chain, the wallet or the store failed, and trying again may help. Every other
 * failure while a document is opened is that document's own, whoever wrote it, and must not stop the others.
 */
export function isConnectionError(error: unknown): boolean {
  return error instanceof ChartkeyError && OF_THE_CONNECTION.test(error.code);
}

/** Makes an error of ours of whatever hostile bytes provoked while they were opened. */
export function toRecordError(error: unknown): ChartkeyError {
  if (error instanceof ChartkeyError) return error;
  return new ChartkeyError(
    "RECORD_MALFORMED",
    "This record is damaged: its author's program wrote it wrongly. Ask its author to write it again.",
    {
      cause: error,
    },
  );
}
