import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { StoreError } from "../errors.ts";

export function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([0-9A-Za-z._~+/=-]{1,256})$/i.exec(header ?? "")?.[1];
}

/** The bearer token of a request. @throws StoreError STORE_UNAUTHORIZED */
export function tokenOf({ headers }: IncomingMessage): string {
  const token = bearerOf(headers.authorization);
  if (token === undefined) throw new StoreError("STORE_UNAUTHORIZED", "sign in to the store first");
  return token;
}

/** Whether an Authorization header has the token of this digest. */
export function isBearerOf(known: Buffer, header: string | undefined): boolean {
  const token = bearerOf(header);
  return token !== undefined && timingSafeEqual(digest(token), known);
}
