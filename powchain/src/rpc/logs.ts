import type { Chain } from "../chain.ts";
import type { LogCriteria, RpcLog } from "../log-index.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";
import { address, findBlock, hash, isObject, quantity, type MethodTable } from "./params.ts";

/** A parsed log filter: criteria, and which blocks it wants (block numbers are resolved when it is run). */
export interface LogFilter {
  readonly criteria: LogCriteria;
  readonly blockHash: unknown;
  readonly fromBlock: unknown;
  readonly toBlock: unknown;
}

const MAX_ADDRESSES = 1000;
const MAX_TOPICS = 4;

export function logMethods(chain: Chain): MethodTable {
  return { eth_getLogs: ([filter]) => findLogs(chain, parseLogFilter(filter)) };
}

/** @throws RpcError invalid params */
export function parseLogFilter(value: unknown): LogFilter {
  const filter = value ?? {};
  if (!isObject(filter)) throw invalidParams("the filter must be an object");
  const { blockHash, fromBlock, toBlock } = filter;
  if (blockHash != null && (fromBlock != null || toBlock != null)) {
    throw invalidParams("blockHash cannot be combined with fromBlock or toBlock");
  }
  const addresses = alternatives(filter["address"]).map((entry) => address(entry));
  if (addresses.length > MAX_ADDRESSES) throw invalidParams(`at most ${MAX_ADDRESSES} addresses`);
  const topics: unknown = filter["topics"] ?? [];
  if (!Array.isArray(topics) || topics.length > MAX_TOPICS) {
    throw invalidParams(`topics must be a list of at most ${MAX_TOPICS}`);
  }
  const positions = topics.map((topic: unknown) => alternatives(topic).map((entry) => hash(entry, "topic")));
  return { criteria: { addresses, topics: positions }, blockHash, fromBlock, toBlock };
}

/** Logs that meet the filter. A range past the head ends at the head. */
export function findLogs(chain: Chain, filter: LogFilter): RpcLog[] {
  if (filter.blockHash != null) {
    const block = chain.history.byHash(hash(filter.blockHash, "blockHash"));
    if (!block) throw new RpcError(RPC_CODE.rejected, "unknown block");
    const number = Number(block.header.number);
    return chain.history.logs.find(number, number, filter.criteria);
  }
  const head = chain.head.header.number;
  const from = blockNumber(chain, filter.fromBlock);
  const to = blockNumber(chain, filter.toBlock);
  if (from > to && filter.fromBlock != null && filter.toBlock != null && to < head) {
    throw invalidParams("fromBlock is after toBlock");
  }
  if (from > head) return [];
  return chain.history.logs.find(Number(from), Number(to < head ? to : head), filter.criteria);
}

function blockNumber(chain: Chain, reference: unknown): bigint {
  if (typeof reference === "string" && reference.startsWith("0x")) return quantity(reference, "block number");
  const found = findBlock(chain, reference);
  return found && found.kind !== "pending" ? found.block.header.number : chain.head.header.number;
}

/** One value, a list of values (any of them), or null (anything): as a list. */
function alternatives(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
