import type { CID } from "multiformats/cid";
import { readCar, writeCar } from "../car.ts";
import { linksOf, readDag } from "../dag.ts";
import { StoreError } from "../errors.ts";
import { readFiles } from "../http/multipart.ts";
import { sendLines, sendStream } from "../http/respond.ts";
import type { Lease } from "../leases.ts";
import type { Repo } from "../repo.ts";
import type { RpcCommand } from "./context.ts";
import { invalid } from "./params.ts";

/** A CAR of the largest file is a little larger than the file: some 100 bytes per leaf. */
const CAR_OVERHEAD = 1.01;

/** `dag/import`: stores the blocks of CAR files and pins their roots. */
export const dagImport: RpcCommand = async ({ repo, settings, params, request, response }) => {
  const pinRoots = params.flag("pin-roots", true);
  const maxBytes = Math.ceil(settings.maxFileBytes * CAR_OVERHEAD);
  const results = await repo.withLease((lease) =>
    readFiles(request, { maxBytes, idleTimeoutMs: settings.idleTimeoutMs }, async ({ content }) => {
      const roots = await readCar(content, ({ cid, bytes }) => {
        linksOf(cid, bytes); // a block that does not decode could not be walked later
        return repo.blocks.put(cid, bytes, lease);
      });
      if (!pinRoots) return [];
      const pinned: unknown[] = [];
      for (const root of roots) pinned.push(await pinRoot(repo, root, lease));
      return pinned;
    }),
  );
  if (results.length === 0) throw invalid('file argument "path" is required');
  await sendLines(response, eachOf(results.flat()), settings.idleTimeoutMs);
};

async function* eachOf(values: unknown[]): AsyncGenerator<unknown> {
  yield* values;
}

/** A CAR may leave blocks out, so a root that cannot be pinned is reported, not fatal: its blocks are stored. */
async function pinRoot(repo: Repo, root: CID, lease: Lease): Promise<unknown> {
  let problem = "";
  try {
    await repo.pins.add(root, lease);
  } catch (error) {
    if (!(error instanceof StoreError) || error.status >= 500) throw error;
    problem = error.message;
  }
  return { Root: { Cid: { "/": root.toString() }, PinErrorMsg: problem } };
}

/** `dag/export`: a whole DAG as a CAR file. */
export const dagExport: RpcCommand = async ({ repo, settings, params, passage, response }) => {
  const root = params.cid();
  const headers = { "content-type": "application/vnd.ipld.car; version=1", "x-stream-output": "1" };
  const car = passage.guard(writeCar([root], readDag(repo.blocks, root)));
  await sendStream(response, headers, car, settings.idleTimeoutMs);
};
