import type { AbiEvent, Address, Log } from "viem";
import type { Chain } from "./connection.ts";
import { ChartkeyError } from "../errors.ts";
import { toChainError } from "./reverts.ts";

/** Blocks asked for at once: public nodes refuse wide ranges. */
const RANGE = 10_000n;

/** A log whose arguments are known from its event. */
export type EventLog<event extends AbiEvent> = Log<bigint, number, false, event, true, [event], event["name"]>;

/** What the logs of a chain meet, from the deployment to `toBlock`, in order. */
async function readRanges(chain: Chain, filter: object, toBlock: bigint): Promise<unknown[]> {
  const logs: unknown[] = [];
  try {
    for (let from = chain.deployment.fromBlock; from <= toBlock; from += RANGE) {
      const to = from + RANGE - 1n < toBlock ? from + RANGE - 1n : toBlock;
      logs.push(...(await chain.client.getLogs({ ...filter, fromBlock: from, toBlock: to } as never)));
    }
  } catch (cause) {
    throw toChainError(cause);
  }
  return logs;
}

/** All logs of one event, from the deployment to `toBlock`, in order. Throws `CHAIN_FALSE_ANSWER`, and what `toChainError` gives. */
export async function readLogs<const event extends AbiEvent>(
  chain: Chain,
  {
    toBlock,
    ...query
  }: { address: Address | Address[]; event: event; args?: Record<string, unknown>; toBlock: bigint },
): Promise<EventLog<event>[]> {
  const logs = await readRanges(chain, { ...query, strict: true }, toBlock);
  const wrong = (logs as DecodedLog[]).find(({ args }) => !isInRange(query.event, args));
  if (wrong !== undefined)
    throw new ChartkeyError(
      "CHAIN_FALSE_ANSWER",
      `The node tells an event of block ${wrong.blockNumber} with a number that its contract cannot have written. Ask another node.`,
      { details: { block: String(wrong.blockNumber), logIndex: wrong.logIndex } },
    );
  return logs as EventLog<event>[];
}

type DecodedLog = Pick<Log<bigint, number, false>, "blockNumber" | "logIndex"> & { args: Record<string, unknown> };

/** Whether each number fits its type: viem decodes whole words, and refuses those that do not when they are encoded again. */
function isInRange({ inputs }: AbiEvent, args: Record<string, unknown>): boolean {
  return inputs.every(({ type, name = "" }) => {
    const [, bits] = /^uint(\d+)$/.exec(type) ?? [];
    const value = args[name];
    if (bits === undefined || (typeof value !== "number" && typeof value !== "bigint")) return true;
    return value < 2n ** BigInt(bits);
  });
}

/** All logs of some contracts as the node tells them, from the deployment to `toBlock`, in order. */
export async function readAllLogs(
  chain: Chain,
  address: Address[],
  toBlock: bigint,
): Promise<Log<bigint, number, false>[]> {
  return (await readRanges(chain, { address }, toBlock)) as Log<bigint, number, false>[];
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
