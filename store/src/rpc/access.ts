import type { IncomingMessage } from "node:http";
import type { Gate } from "../gate/gate.ts";
import { scopeOf } from "../gate/scope.ts";
import type { Passage } from "../passage.ts";
import { OPEN_PASSAGE } from "../passage.ts";
import type { Params } from "./params.ts";

type Admit = (gate: Gate, request: IncomingMessage, params: Params) => Passage | Promise<Passage>;

const reading: Admit = (gate, request, params) => gate.admitReading(request, params.cid());
const upload: Admit = (gate, request, params) => gate.admitUpload(request, () => scopeOf(params));
const removal: Admit = (gate, request, params) => gate.admitRemoval(request, params.cid());
const anybody: Admit = () => OPEN_PASSAGE;
const operator: Admit = (gate, request) => gate.admitOperator(request);

/**
 * What each command needs at a gate; one that is not here is the operator's. `block/put` and `dag/import` are, since a block with
 * links of somebody's choosing would open what it links to.
 */
const NEEDS: ReadonlyMap<string, Admit> = new Map([
  ["id", anybody],
  ["version", anybody],
  ["add", upload],
  ["pin/rm", removal],
  ["cat", reading],
  ["block/get", reading],
  ["block/stat", reading],
  ["dag/export", reading],
]);

/** Admits a command at the gate. Throws what the gate throws. */
export async function admitCommand(
  gate: Gate | undefined,
  command: string,
  request: IncomingMessage,
  params: Params,
): Promise<Passage> {
  return gate ? (NEEDS.get(command) ?? operator)(gate, request, params) : OPEN_PASSAGE;
}
