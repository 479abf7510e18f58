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
