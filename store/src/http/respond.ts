import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { StoreError } from "../errors.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

/** Answers with one JSON value. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { ...JSON_TYPE, "content-length": body.length });
  response.end(body);
}

/** Answers with one JSON value a line, as Kubo streams lists. */
export function sendLines(
  response: ServerResponse,
  values: AsyncIterable<unknown>,
  idleTimeoutMs: number,
): Promise<void> {
  return sendStream(response, { ...JSON_TYPE, "x-chunked-output": "1" }, toLines(values), idleTimeoutMs);
}

async function* toLines(values: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
}

/**
 * Answers with a stream. The status line waits for the first piece, so that what fails at once is still answered as an
 * error; a later failure breaks the connection off, which no client can take for a complete answer.
 * @throws StoreError STORE_REQUEST_TIMEOUT when the client takes nothing for idleTimeoutMs, and what `source` throws
 */
export async function sendStream(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  source: AsyncIterable<Uint8Array>,
  idleTimeoutMs: number,
): Promise<void> {
  let started = false;
  for await (const piece of source) {
    if (response.destroyed) return;
    if (!started) response.writeHead(200, headers);
    started = true;
    if (!response.write(piece)) await drained(response, idleTimeoutMs);
  }
  if (!started) response.writeHead(200, headers);
  response.end();
}

function drained(response: ServerResponse, idleTimeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => (): void => {
      clearTimeout(timer);
      response.off("drain", go).off("close", go);
      outcome();
    };
    const go = settle(resolve);
    const timer = setTimeout(
      settle(() => reject(new StoreError("STORE_REQUEST_TIMEOUT", "the client stopped reading"))),
      idleTimeoutMs,
    );
    response.on("drain", go).on("close", go);
  });
}
