import { StoreError } from "./errors.ts";

/** How long a Kubo on the same network may say nothing, in milliseconds. */
const SILENCE_MS = 60_000;
/** Longest answer, or line of one, but for a block, in bytes. */
const MAX_ANSWER = 1 << 20;

/** The few commands of Kubo's RPC API (docs.ipfs.tech/reference/kubo/rpc) that a store keeps its blocks by. */
export class KuboRpc {
  readonly #base: string;

  /** @param url of the API, as `http://127.0.0.1:5001`. */
  constructor(url: string) {
    this.#base = `${url.replace(/\/+$/, "")}/api/v0/`;
  }

  /** @throws StoreError STORE_DISK_FULL, STORE_KUBO_FAILED */
  async call(command: string, options: Record<string, string>, limit = MAX_ANSWER, body?: FormData): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of this.#ask(command, options, body)) {
      size += part.length;
      if (size > limit) throw kuboFailure(command, "it answered more than was asked for");
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** Sends a file. @throws StoreError STORE_DISK_FULL, STORE_KUBO_FAILED */
  async upload(command: string, options: Record<string, string>, bytes: Uint8Array): Promise<void> {
    const form = new FormData();
    form.append("file", new Blob([Uint8Array.from(bytes)]));
    await this.call(command, options, MAX_ANSWER, form);
  }

  /** The lines of an answer of any length. @throws StoreError STORE_KUBO_FAILED */
  async *lines(command: string, options: Record<string, string>): AsyncGenerator<unknown> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const part of this.#ask(command, options)) {
      const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
      rest = lines.pop()!;
      if (rest.length > MAX_ANSWER) throw kuboFailure(command, "it answered a line without an end");
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

  async *#ask(command: string, options: Record<string, string>, body?: FormData): AsyncGenerator<Uint8Array> {
    const url = `${this.#base}${command}?${new URLSearchParams(options)}`;
    const abort = new AbortController();
    const inTime = async <T>(answer: Promise<T>): Promise<T> => {
      const timer = setTimeout(() => abort.abort(), SILENCE_MS);
      return answer.finally(() => clearTimeout(timer));
    };
    try {
      const sent = { method: "POST", redirect: "error", signal: abort.signal, ...(body ? { body } : {}) } as const;
      const response = await inTime(fetch(url, sent));
      const reader = response.body?.getReader();
      if (!response.ok) throw kuboFailure(command, messageOf(response.status, (await inTime(reader!.read())).value));
      for (;;) {
        const part = await inTime(reader!.read());
        if (part.done) return;
        yield part.value;
      }
    } catch (error) {
      throw error instanceof StoreError ? error : kuboFailure(command, error);
    } finally {
      abort.abort();
    }
  }
}

/** What a failed command says: the begin of it is enough. */
function messageOf(status: number, begin: Uint8Array | undefined): string {
  const text = Buffer.from(begin ?? [])
    .toString()
    .slice(0, 1000);
  try {
    return String((JSON.parse(text) as { Message?: unknown }).Message);
  } catch {
    return `${status} ${text}`;
  }
}

/** The error for a Kubo that fails. A caller learns which command failed; what the Kubo said is the operator's. */
export function kuboFailure(command: string, cause: unknown): StoreError {
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
