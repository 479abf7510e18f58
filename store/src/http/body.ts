import type { IncomingMessage } from "node:http";
import { StoreError } from "../errors.ts";
import type { UploadLimits } from "./multipart.ts";

/** The JSON of a request's body. @throws StoreError STORE_TOO_LARGE, STORE_REQUEST_INVALID, STORE_REQUEST_TIMEOUT */
export async function readJson(request: IncomingMessage, limits: UploadLimits): Promise<unknown> {
  const body = await readWhole(request, limits);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new StoreError("STORE_REQUEST_INVALID", "JSON is expected");
  }
}

function readWhole(request: IncomingMessage, { maxBytes, idleTimeoutMs }: UploadLimits): Promise<Buffer> {
  const tooLarge = () => new StoreError("STORE_TOO_LARGE", `the body may have at most ${maxBytes} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    const settle = (outcome: () => void): void => {
      clearTimeout(idle);
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      outcome();
    };
    const fail = (error: StoreError): void => settle(() => reject(error));
    const idle = setTimeout(
      () => fail(new StoreError("STORE_REQUEST_TIMEOUT", "the client stopped sending")),
      idleTimeoutMs,
    );
    const onData = (part: Buffer): void => {
      bytes += part.length;
      if (bytes > maxBytes) return fail(tooLarge());
      parts.push(part);
      idle.refresh();
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(parts)));
    const onClose = (): void => fail(new StoreError("STORE_REQUEST_INVALID", "the body broke off"));
    request.on("error", onClose);
    request.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}
