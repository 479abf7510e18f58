import type { IncomingMessage } from "node:http";
import { StoreError } from "../errors.ts";

/** The JSON of a request's body. @throws StoreError STORE_TOO_LARGE, STORE_REQUEST_INVALID */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const tooLarge = () => new StoreError("STORE_TOO_LARGE", `the body may have at most ${maxBytes} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge();
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    throw new StoreError("STORE_REQUEST_INVALID", "JSON is expected");
  }
}
