import type { Block } from "@ethereumjs/block";
import type { Chain } from "../chain.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";
import { newId } from "./filters.ts";
import { formatHeader } from "./format.ts";
import { parseLogFilter } from "./logs.ts";
import type { MethodTable, Session } from "./params.ts";

const MAX_PER_SESSION = 100;

/** eth_subscribe and eth_unsubscribe, over WebSocket only. */
export function subscriptionMethods(chain: Chain): MethodTable {
  const bySession = new WeakMap<Session, Map<string, () => void>>();

  const subscriptionsOf = (session: Session | undefined): Map<string, () => void> => {
    if (!session) throw new RpcError(RPC_CODE.methodNotFound, "notifications need a WebSocket connection");
    const existing = bySession.get(session);
    if (existing) return existing;
    const created = new Map<string, () => void>();
    bySession.set(session, created);
    session.onClose(() => created.forEach((end) => end()));
    return created;
  };

  return {
    eth_subscribe: ([kind, filter], session) => {
      const subscriptions = subscriptionsOf(session);
      if (subscriptions.size >= MAX_PER_SESSION) throw new RpcError(RPC_CODE.rejected, "too many subscriptions");
      const id = newId();
      const tell = (message: unknown) => session?.notify(id, message);
      if (kind === "newPendingTransactions") {
        if (filter === true) throw invalidParams("waiting transactions are told by their hashes alone");
        subscriptions.set(id, chain.onWaiting(tell));
        return id;
      }
      const messages = messagesFor(chain, kind, filter);
      subscriptions.set(
        id,
        chain.onBlock((block) => messages(block).forEach(tell)),
      );
      return id;
    },
    eth_unsubscribe: ([id], session) => {
      const subscriptions = subscriptionsOf(session);
      const end = typeof id === "string" ? subscriptions.get(id) : undefined;
      end?.();
      return typeof id === "string" && subscriptions.delete(id);
    },
  };
}

/** What a subscriber of this kind is told about a new block. */
function messagesFor(chain: Chain, kind: unknown, filter: unknown): (block: Block) => readonly unknown[] {
  if (kind === "newHeads") return (block) => [formatHeader(block)];
  if (kind === "logs") {
    const { criteria } = parseLogFilter(filter);
    return ({ header }) => chain.history.logs.find(Number(header.number), Number(header.number), criteria);
  }
  throw invalidParams('subscriptions are "newHeads", "logs" and "newPendingTransactions"');
}
