import type { CID } from "multiformats/cid";
import { dagKey } from "../cid.ts";
import { StoreError } from "../errors.ts";
import { sendJson, sendLines } from "../http/respond.ts";
import type { Pins } from "../pins.ts";
import type { RpcCommand, RpcContext } from "./context.ts";
import { invalid } from "./params.ts";

/** `pin/add`: keeps the whole DAG below each CID; all of it must be here. */
export const pinAdd: RpcCommand = async (context) => {
  const { repo, response } = context;
  const cids = recursiveArguments(context);
  await repo.withLease(async (lease) => {
    for (const cid of cids) await repo.pins.add(cid, lease);
  });
  sendJson(response, { Pins: cids.map(String) });
};

/**
 * `pin/rm`: stops keeping; the bytes go with the next collection, and at once when it is about what belongs to the caller. Answers with
 * what was unpinned: not what somebody else wants kept as well.
 */
export const pinRm: RpcCommand = async (context) => {
  const { repo, passage, response } = context;
  const unpinned: CID[] = [];
  for (const cid of recursiveArguments(context)) {
    await repo.claims.take(dagKey(cid), async () => {
      const remove = () => (passage.purges ? repo.purge(cid) : repo.pins.remove(cid));
      if (await passage.release(cid, remove)) unpinned.push(cid);
    });
  }
  sendJson(response, { Pins: unpinned.map(String) });
};

const TYPES = ["all", "recursive", "indirect", "direct"] as const;
type PinType = (typeof TYPES)[number];

/** `pin/ls`: the pins, or how each given CID is pinned. */
export const pinLs: RpcCommand = async ({ repo, settings, params, response }) => {
  const type = TYPES.find((name) => name === (params.text("type") ?? "all"));
  if (!type) throw invalid(`"type" must be one of ${TYPES.join(", ")}`);
  const cids = params.cids();
  const pins = cids.length > 0 ? describe(repo.pins, cids, type) : list(repo.pins, type);
  if (params.flag("stream", false)) return sendLines(response, pins, settings.idleTimeoutMs);
  const keys: Record<string, { Type: string }> = {};
  for await (const { Cid, Type } of pins) keys[Cid] = { Type };
  sendJson(response, { Keys: keys });
};

interface PinLine {
  readonly Cid: string;
  readonly Type: string;
}

async function* list(pins: Pins, type: PinType): AsyncGenerator<PinLine> {
  if (type === "all" || type === "recursive") {
    for (const root of pins.roots()) yield { Cid: root.toString(), Type: "recursive" };
  }
  if (type === "all" || type === "indirect") {
    for await (const { cid } of pins.indirect()) yield { Cid: cid.toString(), Type: "indirect" };
  }
}

async function* describe(pins: Pins, cids: CID[], type: PinType): AsyncGenerator<PinLine> {
  for (const cid of cids) {
    const how = await typeOf(pins, cid, type);
    if (!how) throw new StoreError("STORE_NOT_PINNED", `path '${cid}' is not pinned`);
    yield { Cid: cid.toString(), Type: how };
  }
}

async function typeOf(pins: Pins, wanted: CID, type: PinType): Promise<string | undefined> {
  if (type !== "indirect" && type !== "direct" && pins.has(wanted)) return "recursive";
  if (type === "recursive" || type === "direct") return undefined;
  for await (const { cid, root } of pins.indirect()) {
    if (dagKey(cid) === dagKey(wanted)) return `indirect through ${root}`;
  }
  return undefined;
}

function recursiveArguments({ params }: RpcContext): CID[] {
  if (!params.flag("recursive", true)) throw invalid("only recursive pins are kept");
  const cids = params.cids();
  if (cids.length === 0) throw invalid('argument "ipfs-path" is required');
  return cids;
}
