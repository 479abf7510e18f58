import { randomBytes } from "node:crypto";
import { bytesToHex } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";
import { findLogs, parseLogFilter, type LogFilter } from "./logs.ts";
import type { MethodTable } from "./params.ts";

interface Filter {
  /** Absent for a filter of new blocks, or of waiting transactions. */
  readonly logs?: LogFilter;
  /** What came since the last time. */
  readonly changes: () => readonly unknown[];
  readonly end?: () => void;
  usedAt: number;
}

const IDLE_LIMIT_MS = 5 * 60_000;
const MAX_FILTERS = 1000;
/** Hashes that a filter of waiting transactions keeps until it is polled. */
const MAX_HASHES = 10_000;

/** Filters which the client polls. One that is not polled for five minutes is forgotten, as in geth. */
export function filterMethods(chain: Chain): MethodTable {
  const filters = new Map<string, Filter>();

  const remove = (id: string): boolean => {
    filters.get(id)?.end?.();
    return filters.delete(id);
  };

  const install = (make: () => Omit<Filter, "usedAt">): string => {
    const now = Date.now();
    for (const [id, filter] of filters) if (now - filter.usedAt > IDLE_LIMIT_MS) remove(id);
    if (filters.size >= MAX_FILTERS) throw new RpcError(RPC_CODE.rejected, "too many filters");
    const id = newId();
    filters.set(id, { ...make(), usedAt: now });
    return id;
  };

  const use = (id: unknown): Filter => {
    const filter = typeof id === "string" ? filters.get(id) : undefined;
    if (!filter) throw new RpcError(RPC_CODE.rejected, "filter not found");
    filter.usedAt = Date.now();
    return filter;
  };

  /** What the blocks hold that came since the last time. */
  const sinceLast = (find: (from: number, head: number) => readonly unknown[]) => {
    let next = Number(chain.head.header.number) + 1;
    return () => {
      const [from, head] = [next, Number(chain.head.header.number)];
      next = head + 1;
      return find(from, head);
    };
  };

  const ofLogs = (filter: unknown) => () => {
    const logs = parseLogFilter(filter);
    return { logs, changes: sinceLast((from, head) => chain.history.logs.find(from, head, logs.criteria)) };
  };

  const ofBlocks = () => ({
    changes: sinceLast((from, head) =>
      Array.from({ length: head + 1 - from }, (_, offset) => {
        return bytesToHex(chain.history.byNumber(BigInt(from + offset))!.hash());
      }),
    ),
  });

  const ofWaiting = () => {
    const hashes: string[] = [];
    const end = chain.onWaiting((hash) => void (hashes.length < MAX_HASHES && hashes.push(hash)));
    return { changes: () => hashes.splice(0), end };
  };

  return {
    eth_newFilter: ([filter]) => install(ofLogs(filter)),
    eth_newBlockFilter: () => install(ofBlocks),
    eth_newPendingTransactionFilter: () => install(ofWaiting),
    eth_getFilterChanges: ([id]) => use(id).changes(),
    eth_getFilterLogs: ([id]) => {
      const { logs } = use(id);
      if (!logs) throw invalidParams("not a log filter");
      return findLogs(chain, logs);
    },
    eth_uninstallFilter: ([id]) => typeof id === "string" && remove(id),
  };
}

/** Unguessable identifier of a filter or subscription. */
export function newId(): string {
  return `0x${randomBytes(16).toString("hex")}`;
}
