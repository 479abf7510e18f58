export { startStore } from "./server.ts";
export type { RunningStore, StoreOptions } from "./server.ts";
export { StoreError } from "./errors.ts";
export type { StoreErrorCode } from "./errors.ts";
