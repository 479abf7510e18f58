import type { CID } from "multiformats/cid";
import type { BlockSink, ImportProfile } from "../add.ts";
import { importFile } from "../add.ts";
import { dagKey } from "../cid.ts";
import { readFiles } from "../http/multipart.ts";
import { sendLines } from "../http/respond.ts";
import type { RpcCommand } from "./context.ts";
import type { Params } from "./params.ts";
import { invalid } from "./params.ts";

const MAX_CHUNK_BYTES = 1024 * 1024;
const DEFAULT_CHUNK_BYTES = 256 * 1024;
const MAX_LINKS = 1024;
const DEFAULT_LINKS = 174;

const noSink: BlockSink = async () => undefined;

/** `add`: stores files; answers once everything named is on the disk and pinned. */
export const add: RpcCommand = async ({ repo, settings, params, passage, request, response }) => {
  const profile = importProfile(params);
  const onlyHash = params.flag("only-hash", false);
  const pin = params.flag("pin", true) && !onlyHash;
  const limits = { maxBytes: passage.maxFileBytes ?? settings.maxFileBytes, idleTimeoutMs: settings.idleTimeoutMs };
  const added = await repo.withLease((lease) => {
    const sink: BlockSink = onlyHash ? noSink : (cid, bytes) => repo.blocks.put(cid, bytes, lease);
    return readFiles(request, limits, async ({ name, content }) => {
      if (name.includes("/")) throw invalid("directories are not supported");
      const { cid, size } = await importFile(content, profile, sink);
      await repo.claims.take(dagKey(cid), async () => {
        if (!onlyHash) await passage.stored(cid, Number(size));
        if (pin) await repo.pins.addComplete(cid);
      });
      return describe(name, cid, size);
    });
  });
  if (added.length === 0) throw invalid('file argument "path" is required');
  await sendLines(response, lines(added), settings.idleTimeoutMs);
};

interface Added {
  readonly Name: string;
  readonly Hash: string;
  readonly Size: string;
}

function describe(name: string, cid: CID, size: bigint): Added {
  return { Name: name || cid.toString(), Hash: cid.toString(), Size: size.toString() };
}

async function* lines(added: readonly Added[]): AsyncGenerator<Added> {
  yield* added;
}

/** The import profile asked for, with Kubo's defaults. */
function importProfile(params: Params): ImportProfile {
  params.refuse("wrap-with-directory", "trickle", "nocopy", "fscache", "inline", "preserve-mode", "preserve-mtime");
  params.expect("hash", "sha2-256");
  const cidVersion = params.count("cid-version") ?? 0;
  if (cidVersion !== 0 && cidVersion !== 1) throw invalid('"cid-version" must be 0 or 1');
  const rawLeaves = params.flag("raw-leaves", cidVersion === 1);
  if (rawLeaves && cidVersion === 0) throw invalid('"raw-leaves" needs cid-version=1');
  const maxLinks = params.count("max-file-links") ?? DEFAULT_LINKS;
  if (maxLinks < 2 || maxLinks > MAX_LINKS) throw invalid(`"max-file-links" must be 2 to ${MAX_LINKS}`);
  return { cidVersion, rawLeaves, chunkBytes: chunkBytes(params.text("chunker")), maxLinks };
}

function chunkBytes(chunker: string | undefined): number {
  if (chunker === undefined) return DEFAULT_CHUNK_BYTES;
  const bytes = Number(/^size-(\d{1,9})$/.exec(chunker)?.[1]);
  if (bytes >= 1 && bytes <= MAX_CHUNK_BYTES) return bytes;
  throw invalid(`"chunker" must be size-1 to size-${MAX_CHUNK_BYTES}`);
}
