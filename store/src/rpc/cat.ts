import { exporter } from "ipfs-unixfs-exporter";
import type { CID } from "multiformats/cid";
import type { Blocks } from "../blocks.ts";
import { StoreError } from "../errors.ts";
import { sendStream } from "../http/respond.ts";
import type { RpcCommand } from "./context.ts";
import { invalid } from "./params.ts";

const READ_CONCURRENCY = 4;

/** `cat`: the content of a file, or the part from `offset` of at most `length` bytes. */
export const cat: RpcCommand = async ({ repo, settings, params, passage, response }) => {
  const file = await openFile(repo.blocks, params.cid());
  const offset = Math.min(params.count("offset") ?? 0, file.bytes);
  const length = Math.min(params.count("length") ?? file.bytes, file.bytes - offset);
  const headers = { "content-type": "application/octet-stream", "x-content-length": length, "x-stream-output": "1" };
  const content = length > 0 ? file.content({ offset, length, blockReadConcurrency: READ_CONCURRENCY }) : nothing();
  await sendStream(response, headers, passage.guard(content), settings.idleTimeoutMs);
};

interface OpenFile {
  readonly bytes: number;
  content(part: { offset: number; length: number; blockReadConcurrency: number }): AsyncIterable<Uint8Array>;
}

async function openFile(blocks: Blocks, cid: CID): Promise<OpenFile> {
  const storage = {
    async *get(block: CID): AsyncGenerator<Uint8Array> {
      yield await blocks.get(block);
    },
  };
  const root = await blocks.get(cid);
  const entry = await exporter(cid, storage).catch((error: unknown) => {
    throw error instanceof StoreError ? error : invalid(`${cid} of ${root.length} bytes is not a UnixFS file`);
  });
  if (entry.type === "directory") throw invalid("this dag node is a directory");
  if (entry.type !== "file" && entry.type !== "raw") throw invalid("this dag node is not a file");
  return { bytes: Number(entry.size), content: (part) => entry.content(part) };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
