/** What can go wrong, by code, with the HTTP status each one answers with on the gateway. */
const STATUS = {
  STORE_REQUEST_INVALID: 400,
  STORE_CID_INVALID: 400,
  STORE_CID_UNSUPPORTED: 400,
  STORE_UNAUTHORIZED: 401,
  STORE_FORBIDDEN: 403,
  STORE_BLOCK_MISSING: 404,
  STORE_NOT_FOUND: 404,
  STORE_METHOD_NOT_ALLOWED: 405,
  STORE_NOT_ACCEPTABLE: 406,
  STORE_REQUEST_TIMEOUT: 408,
  STORE_TOO_LARGE: 413,
  STORE_RATE_LIMITED: 429,
  STORE_NOT_PINNED: 500,
  STORE_BLOCK_CORRUPT: 500,
  STORE_IO_FAILED: 500,
  STORE_CLOSED: 503,
  STORE_CHAIN_UNREACHABLE: 503,
  STORE_KUBO_FAILED: 503,
  STORE_DISK_FULL: 507,
  STORE_QUOTA_EXCEEDED: 507,
  STORE_DATA_LOCKED: 500,
  STORE_PINS_DAMAGED: 500,
  STORE_SCOPES_DAMAGED: 500,
  STORE_LINKS_DAMAGED: 500,
  STORE_PORT_IN_USE: 500,
} as const;

export type StoreErrorCode = keyof typeof STATUS;

/** Every failure the store names. The message holds no file path and may be shown to a caller. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  /** After how many seconds another try makes sense; undefined when nobody knows. */
  readonly retryAfter: number | undefined;

  constructor(code: StoreErrorCode, message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options);
    this.code = code;
    this.retryAfter = options.retryAfter;
  }

  /** HTTP status of this error. */
  get status(): number {
    return STATUS[this.code];
  }
}

/** The errno name of a Node system error ("ENOSPC"), or undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return undefined;
}

const DISK_FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM"]);

/** Turns a failed file operation into a StoreError. Node's own message is kept as the cause only: it holds the path. */
export function fileError(error: unknown, operation: "read" | "write"): StoreError {
  if (error instanceof StoreError) return error;
  const errno = errnoOf(error) ?? "unknown reason";
  if (DISK_FULL.has(errno)) {
    return new StoreError(
      "STORE_DISK_FULL",
      `the disk of the store is full (${errno}); the request was not carried out`,
      {
        cause: error,
      },
    );
  }
  const reason = READ_ONLY.has(errno) ? `no permission to ${operation}` : `could not ${operation}`;
  return new StoreError("STORE_IO_FAILED", `the data directory of the store failed: ${reason} (${errno})`, {
    cause: error,
  });
}
