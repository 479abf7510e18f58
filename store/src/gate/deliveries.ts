import type { CID } from "multiformats/cid";
import { writeCar } from "../car.ts";
import type { Block } from "../dag.ts";
import { StoreError } from "../errors.ts";
import { readJson } from "../http/body.ts";
import { sendStream } from "../http/respond.ts";
import type { Repo } from "../repo.ts";
import { guarded } from "./guarded.ts";
import type { Page } from "./page.ts";
import { MAX_GROUP, MAX_GROUP_CHARACTERS } from "./signed-request.ts";

const MAX_BODY_BYTES = 2 * MAX_GROUP_CHARACTERS;
/** Files of one request that count as one request: what they cost is a reading each. */
const FILES_A_REQUEST = 8;
/** Blocks read ahead of the client, of at most 2 MiB each. */
const READ_AHEAD = 8;
/** Bytes that are sent at once. */
const PIECE = 1 << 16;

/** @throws StoreError STORE_REQUEST_INVALID */
function parseAsked(body: unknown): string {
  const { request } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof request === "string") return request;
  throw new StoreError("STORE_REQUEST_INVALID", 'one signed request for several files is expected, {"request"}');
}

/** Undefined for a refusal that concerns one file alone. */
async function unlessRefused<T>(admitted: Promise<T>): Promise<T | undefined> {
  try {
    return await admitted;
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

async function* readBlocks({ blocks }: Repo, cids: readonly CID[]): AsyncGenerator<Block> {
  for (let start = 0; start < cids.length; start += READ_AHEAD) {
    const read = cids.slice(start, start + READ_AHEAD).map(async (cid) => {
      const bytes = await unlessRefused(blocks.get(cid));
      return bytes && { cid, bytes };
    });
    for (const block of await Promise.all(read)) if (block) yield block;
  }
}

/** The same bytes in fewer pieces: each costs both sides more than a small block does. */
async function* gathered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    pieces.push(piece);
    length += piece.length;
    if (length < PIECE) continue;
    yield Buffer.concat(pieces);
    [pieces, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(pieces);
}

/**
 * `POST /deliveries`: several files of one block each at once, by one signed request that is the receipt of all, as a CAR. What is not in
 * it was refused or is not here: who asks for it alone is told which.
 */
export const deliverTogether: Page = async ({ gate, repo, settings: { idleTimeoutMs }, request, response }) => {
  const session = gate.sessionOf(request, MAX_GROUP / FILES_A_REQUEST);
  const asked = parseAsked(await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs }));
  const { cids, check } = await gate.admitDeliveries(session, asked);
  const body = guarded(gathered(writeCar(cids, readBlocks(repo, cids))), check);
  await sendStream(response, { "content-type": "application/vnd.ipld.car; version=1" }, body, idleTimeoutMs);
};
