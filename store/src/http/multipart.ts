import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import busboy from "busboy";
import { StoreError } from "../errors.ts";

/** One uploaded file. */
export interface UploadedFile {
  /** Name the client gave, decoded; "" when it gave none. */
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

export interface UploadLimits {
  /** Bytes of one file. */
  readonly maxBytes: number;
  /** How long the client may send nothing, in milliseconds. */
  readonly idleTimeoutMs: number;
}

/** Room for part headers and boundaries beside the files. */
const OVERHEAD_BYTES = 64 * 1024;
const MAX_FILES = 1000;
/** Bytes read ahead of the disk; below the size of a socket read, every read would stop and start the socket. */
const BUFFER_BYTES = 1024 * 1024;

/**
 * Reads the files of a multipart/form-data request one after another, never holding more than a few buffers.
 * @returns what `take` made of each file, in order, once the whole body has arrived
 * @throws StoreError STORE_REQUEST_INVALID, STORE_TOO_LARGE, STORE_REQUEST_TIMEOUT, and what `take` throws
 */
export function readFiles<T>(
  request: IncomingMessage,
  limits: UploadLimits,
  take: (file: UploadedFile) => Promise<T>,
): Promise<T[]> {
  const maxBody = limits.maxBytes + OVERHEAD_BYTES;
  if (Number(request.headers["content-length"] ?? 0) > maxBody) return Promise.reject(tooLarge(limits.maxBytes));
  const parser = createParser(request);
  return new Promise((resolve, reject) => {
    const results: T[] = [];
    const open = new Set<Readable>();
    let last: Promise<void> = Promise.resolve();
    let failed = false;
    let received = 0;
    let idle: NodeJS.Timeout | undefined;

    const waitForClient = (): void => {
      clearTimeout(idle);
      idle = setTimeout(
        () => fail(new StoreError("STORE_REQUEST_TIMEOUT", "the client stopped sending")),
        limits.idleTimeoutMs,
      );
    };
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      clearTimeout(idle);
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      const reason = error instanceof Error ? error : new Error(String(error));
      for (const stream of open) stream.destroy(reason);
      // The files being taken must have let go before the request counts as over.
      void last.catch(() => undefined).then(() => reject(reason));
    };
    const onData = (chunk: Buffer): void => {
      received += chunk.length;
      if (received > maxBody) return fail(tooLarge(limits.maxBytes));
      if (parser.write(chunk)) return waitForClient();
      // The store is the slow side now, which is not the client's fault.
      request.pause();
      clearTimeout(idle);
      parser.once("drain", () => {
        if (failed) return;
        waitForClient();
        request.resume();
      });
    };
    const onEnd = (): void => {
      clearTimeout(idle);
      request.off("close", onClose);
      parser.end();
    };
    const onClose = (): void => fail(new StoreError("STORE_REQUEST_INVALID", "the upload broke off"));

    parser.on("file", (_field, stream, info) => {
      open.add(stream);
      stream.on("close", () => open.delete(stream));
      stream.on("error", () => undefined); // whoever reads it gets the error
      if (failed) return void stream.destroy();
      last = last.then(async () => {
        if (info.mimeType === "application/x-directory") throw invalid("directories are not supported");
        results.push(await take({ name: decodeName(info.filename), content: capped(stream, limits.maxBytes) }));
      });
      last.catch(fail);
    });
    parser.on("filesLimit", () => fail(invalid(`more than ${MAX_FILES} files in one request`)));
    parser.on("error", () => fail(invalid("malformed multipart body")));
    parser.on("close", () => {
      if (!failed) last.then(() => resolve(results), fail);
    });
    waitForClient();
    request.on("error", onClose);
    request.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}

/** Reads the only file of a request whole; for small bodies. */
export async function readSingleFile(request: IncomingMessage, limits: UploadLimits): Promise<Uint8Array> {
  const files = await readFiles(request, limits, async ({ content }) => {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    return Buffer.concat(parts);
  });
  const [only] = files;
  if (!only || files.length > 1) throw invalid("exactly one file is expected");
  return only;
}

function createParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      highWaterMark: BUFFER_BYTES,
      fileHwm: BUFFER_BYTES,
      preservePath: true,
      limits: { files: MAX_FILES, fields: 0, headerPairs: 32 },
    });
  } catch (error) {
    throw new StoreError("STORE_REQUEST_INVALID", "a multipart/form-data body is expected", { cause: error });
  }
}

async function* capped(stream: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** Clients percent-encode names; one that does not is taken literally. */
function decodeName(encoded: string | undefined): string {
  try {
    return decodeURIComponent(encoded ?? "");
  } catch {
    return encoded ?? "";
  }
}

function tooLarge(maxBytes: number): StoreError {
  return new StoreError("STORE_TOO_LARGE", `larger than the ${maxBytes} bytes this store accepts`);
}

function invalid(message: string): StoreError {
  return new StoreError("STORE_REQUEST_INVALID", message);
}
