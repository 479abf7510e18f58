/** Code of a failure after which the entry waits in this browser; the cause is what it met. */
export const ENTRY_KEPT = "ENTRY_KEPT";

/** Whether what was written waits for its author: written once more, it would be in the chart twice. */
export function isKept(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === ENTRY_KEPT;
}
