/** Milliseconds between two looks at a ledger whose conversations are on the screen. */
export const POLL = 15_000;
