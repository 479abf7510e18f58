import { StoreError } from "./errors.ts";

/** How long a Kubo on the same network may take for one command, in milliseconds. */
const TIMEOUT_MS = 60_000;
/** Longest answer but for a block, in bytes. */
const MAX_ANSWER = 1 << 20;

/** The few commands of Kubo's RPC API (docs.ipfs.tech/reference/kubo/rpc) that a store keeps its blocks by. */
export class KuboRpc {
  readonly #base: string;

  /** @param url of the API, as `http://127.0.0.1:5001`. */
  constructor(url: string) {
    this.#base = `${url.replace(/\/+$/, "")}/api/v0/`;
  }

  /** @throws StoreError STORE_KUBO_FAILED */
  async call(command: string, options: Record<string, string>, limit = MAX_ANSWER): Promise<Buffer> {
    return this.#ask(command, options, undefined, async (response) => {
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of response.body ?? []) {
        size += part.length;
        if (size > limit) throw failed(command, "it answered more than was asked for");
        parts.push(part);
      }
      return Buffer.concat(parts);
    });
  }

  /** Sends a file. @throws StoreError STORE_DISK_FULL, STORE_KUBO_FAILED */
  async upload(command: string, options: Record<string, string>, bytes: Uint8Array): Promise<void> {
    const form = new FormData();
    form.append("file", new Blob([Uint8Array.from(bytes)]));
    await this.#ask(command, options, form, (response) => response.arrayBuffer());
  }

  /** The lines of a streamed answer. @throws StoreError STORE_KUBO_FAILED */
  async *lines(command: string, options: Record<string, string>): AsyncGenerator<unknown> {
    const body = await this.#ask(command, options, undefined, async ({ body }) => body);
    let rest = "";
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      for (const line of lines) if (line !== "") yield JSON.parse(line);
    }
    if (rest.trim() !== "") yield JSON.parse(rest);
  }

  /** Whether a command failed because the Kubo has no such block. */
  isMissing(error: unknown): boolean {
    return error instanceof StoreError && /not found|could not find/i.test(String(error.cause));
  }

  isNotPinned(error: unknown): boolean {
    return error instanceof StoreError && /not pinned/i.test(String(error.cause));
  }

  async #ask<T>(
    command: string,
    options: Record<string, string>,
    body: FormData | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const url = `${this.#base}${command}?${new URLSearchParams(options)}`;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { method: "POST", redirect: "error", signal, ...(body ? { body } : {}) });
      if (!response.ok) throw failed(command, await messageOf(response));
      return await read(response);
    } catch (error) {
      throw error instanceof StoreError ? error : failed(command, error);
    }
  }
}

async function messageOf(response: Response): Promise<string> {
  const text = (await response.text()).slice(0, 1000);
  try {
    return String((JSON.parse(text) as { Message?: unknown }).Message);
  } catch {
    return `${response.status} ${text}`;
  }
}

/** What a caller may know; what the Kubo said is the operator's. */
function failed(command: string, cause: unknown): StoreError {
  if (/no space left|disk quota/i.test(String(cause)))
    return new StoreError("STORE_DISK_FULL", "the disk of the store is full; the request was not carried out", {
      cause,
    });
  return new StoreError(
    "STORE_KUBO_FAILED",
    `the Kubo behind this store failed at ${command}; nothing was lost, try again when it runs`,
    { cause, retryAfter: 5 },
  );
}
