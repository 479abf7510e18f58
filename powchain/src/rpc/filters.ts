import { randomBytes } from "node:crypto";
import { bytesToHex } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";
import { findLogs, parseLogFilter, type LogFilter } from "./logs.ts";
import type { MethodTable } from "./params.ts";

interface Filter {
  /** Absent for a filter of new blocks. */
  readonly logs: LogFilter | undefined;
  /** First block that has not been reported yet. */
  next: number;
  usedAt: number;
}

const IDLE_LIMIT_MS = 5 * 60_000;
const MAX_FILTERS = 1000;

/** Filters which the client polls. One that is not polled for five minutes is forgotten, as in geth. */
export function filterMethods(chain: Chain): MethodTable {
  const filters = new Map<string, Filter>();

  const install = (logs: LogFilter | undefined): string => {
    const now = Date.now();
    for (const [id, filter] of filters) if (now - filter.usedAt > IDLE_LIMIT_MS) filters.delete(id);
    if (filters.size >= MAX_FILTERS) throw new RpcError(RPC_CODE.rejected, "too many filters");
    const id = newId();
    filters.set(id, { logs, next: Number(chain.head.header.number) + 1, usedAt: now });
    return id;
  };

  const use = (id: unknown): Filter => {
    const filter = typeof id === "string" ? filters.get(id) : undefined;
    if (!filter) throw new RpcError(RPC_CODE.rejected, "filter not found");
    filter.usedAt = Date.now();
    return filter;
  };

  const changes = (filter: Filter): readonly unknown[] => {
    const head = Number(chain.head.header.number);
    const from = filter.next;
    filter.next = head + 1;
    if (filter.logs) return chain.history.logs.find(from, head, filter.logs.criteria);
    const numbers = Array.from({ length: head + 1 - from }, (_, offset) => BigInt(from + offset));
    return numbers.map((number) => bytesToHex(chain.history.byNumber(number)!.hash()));
  };

  return {
    eth_newFilter: ([filter]) => install(parseLogFilter(filter)),
    eth_newBlockFilter: () => install(undefined),
    eth_getFilterChanges: ([id]) => changes(use(id)),
    eth_getFilterLogs: ([id]) => {
      const { logs } = use(id);
      if (!logs) throw invalidParams("not a log filter");
      return findLogs(chain, logs);
    },
    eth_uninstallFilter: ([id]) => typeof id === "string" && filters.delete(id),
  };
}

/** Unguessable identifier of a filter or subscription. */
export function newId(): string {
  return `0x${randomBytes(16).toString("hex")}`;
}
