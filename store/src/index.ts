export { startStore } from "./server.ts";
export type { RunningStore, StoreOptions } from "./server.ts";
export type { GateOptions } from "./gate/options.ts";
export type { Rate } from "./gate/budget.ts";
export type { ReceiptAnchor } from "./gate/receipt-anchor.ts";
export type { Receipt, ReceiptLine } from "./gate/receipts.ts";
export type { PendingFile, ReadDocument, Rights } from "./gate/rights.ts";
export { StoreError } from "./errors.ts";
export type { StoreErrorCode } from "./errors.ts";
