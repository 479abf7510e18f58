import type { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { writeCar } from "../car.ts";
import { parseCid } from "../cid.ts";
import type { Block } from "../dag.ts";
import { StoreError } from "../errors.ts";
import { readJson } from "../http/body.ts";
import { sendStream } from "../http/respond.ts";
import type { Repo } from "../repo.ts";
import { guarded } from "./guarded.ts";
import type { Page } from "./page.ts";

/** Most files of one request; a client that has more asks again. */
const MAX_FILES = 64;
/** A signed request has at most 2,048 characters, a CID 64. */
const MAX_BODY_BYTES = MAX_FILES * 4096;
/** Files of one request that count as one request: what they cost is a signature, a line and a reading each. */
const FILES_A_REQUEST = 8;
/** Blocks read ahead of the client, of at most 2 MiB each. */
const READ_AHEAD = 8;

interface Asked {
  readonly cid: CID;
  readonly request: string;
}

/** @throws StoreError STORE_REQUEST_INVALID, STORE_CID_INVALID */
function parseAsked(body: unknown): Asked[] {
  const invalid = () =>
    new StoreError("STORE_REQUEST_INVALID", `a list of 1 to ${MAX_FILES} {"cid", "request"} is expected`);
  if (!Array.isArray(body) || body.length === 0 || body.length > MAX_FILES) throw invalid();
  return body.map((item: unknown) => {
    const { cid, request } = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
    if (typeof cid !== "string" || typeof request !== "string") throw invalid();
    return { cid: parseCid(cid), request };
  });
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

/**
 * `POST /deliveries`: several files of one block each at once, each with the signed request that is its receipt, as a CAR. What is not in it
 * was refused or is not here: who asks for it alone is told which.
 */
export const deliverTogether: Page = async ({ gate, repo, settings: { idleTimeoutMs }, request, response }) => {
  const session = gate.sessionOf(request, MAX_FILES / FILES_A_REQUEST);
  const asked = parseAsked(await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs }));
  const admissions = asked
    .filter(({ cid }) => cid.code === raw.code)
    .map(async ({ cid, request: signed }) => {
      const check = await unlessRefused(gate.admitDelivery(session, cid, signed));
      return check && { cid, check };
    });
  const admitted = (await Promise.all(admissions)).filter((each) => each !== undefined);
  const roots = admitted.map(({ cid }) => cid);
  const check = async () => void (await Promise.all(admitted.map((each) => each.check())));
  const body = guarded(writeCar(roots, readBlocks(repo, roots)), check);
  await sendStream(response, { "content-type": "application/vnd.ipld.car; version=1" }, body, idleTimeoutMs);
};
