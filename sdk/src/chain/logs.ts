import type { AbiEvent, Address, Log } from "viem";
import type { Chain } from "./connection.ts";
import { toChainError } from "./reverts.ts";

/** Blocks asked for at once: public nodes refuse wide ranges. */
const RANGE = 10_000n;

/** A log whose arguments are known from its event. */
export type EventLog<event extends AbiEvent> = Log<bigint, number, false, event, true, [event], event["name"]>;

/** All logs of one event, from the deployment to `toBlock`, in order. */
export async function readLogs<const event extends AbiEvent>(
  chain: Chain,
  query: { address: Address | Address[]; event: event; args?: Record<string, unknown>; toBlock: bigint },
): Promise<EventLog<event>[]> {
  const { address, event, args, toBlock } = query;
  const logs: unknown[] = [];
  try {
    for (let from = chain.deployment.fromBlock; from <= toBlock; from += RANGE) {
      const to = from + RANGE - 1n < toBlock ? from + RANGE - 1n : toBlock;
      const filter = { address, event, args, fromBlock: from, toBlock: to, strict: true };
      logs.push(...(await chain.client.getLogs(filter as never)));
    }
  } catch (cause) {
    throw toChainError(cause);
  }
  return logs as EventLog<event>[];
}

/** Order of the chain: block, then place in the block. */
export function byPosition(
  left: { blockNumber: bigint; logIndex: number },
  right: { blockNumber: bigint; logIndex: number },
): number {
  return left.blockNumber === right.blockNumber
    ? left.logIndex - right.logIndex
    : Number(left.blockNumber - right.blockNumber);
}
