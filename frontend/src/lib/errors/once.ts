import { errorCode } from "./code.ts";

/** Has a query ask once more when it failed, and never somebody who declined. */
export function once(failures: number, error: unknown): boolean {
  return failures < 1 && errorCode(error).code !== "WALLET_REJECTED";
}
