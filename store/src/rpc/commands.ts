import { add } from "./add.ts";
import { blockGet, blockPut, blockStat } from "./block.ts";
import { cat } from "./cat.ts";
import type { RpcCommand } from "./context.ts";
import { dagExport, dagImport } from "./dag.ts";
import { id, repoGc, repoStat, version } from "./node.ts";
import { pinAdd, pinLs, pinRm } from "./pin.ts";

/** The part of the Kubo RPC API the store has, by the path behind /api/v0/. */
export const COMMANDS: ReadonlyMap<string, RpcCommand> = new Map([
  ["add", add],
  ["cat", cat],
  ["block/put", blockPut],
  ["block/get", blockGet],
  ["block/stat", blockStat],
  ["pin/add", pinAdd],
  ["pin/rm", pinRm],
  ["pin/ls", pinLs],
  ["dag/import", dagImport],
  ["dag/export", dagExport],
  ["repo/gc", repoGc],
  ["repo/stat", repoStat],
  ["id", id],
  ["version", version],
]);
