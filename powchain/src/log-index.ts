import type { PrefixedHexString } from "@ethereumjs/util";

/** Event log as JSON-RPC shows it. */
export interface RpcLog {
  readonly address: PrefixedHexString;
  readonly topics: readonly PrefixedHexString[];
  readonly data: PrefixedHexString;
  readonly blockNumber: PrefixedHexString;
  readonly blockHash: PrefixedHexString;
  readonly blockTimestamp: PrefixedHexString;
  readonly transactionHash: PrefixedHexString;
  readonly transactionIndex: PrefixedHexString;
  readonly logIndex: PrefixedHexString;
  readonly removed: false;
}

/** Conditions on a log, lower-case. No addresses: any; a topic position without alternatives: any. */
export interface LogCriteria {
  readonly addresses: readonly string[];
  readonly topics: readonly (readonly string[])[];
}

/** All logs in order, with the positions per address and per first topic, so that a search reads only candidates. */
export class LogIndex {
  readonly #logs: RpcLog[] = [];
  /** Position of the first log of each block; one more entry than blocks. */
  readonly #firstOfBlock = [0];
  readonly #byAddress = new Map<string, number[]>();
  readonly #byFirstTopic = new Map<string, number[]>();

  /** Adds the logs of the next block, in order. */
  add(logs: readonly RpcLog[]): void {
    for (const log of logs) {
      const position = this.#logs.push(log) - 1;
      append(this.#byAddress, log.address, position);
      if (log.topics[0] !== undefined) append(this.#byFirstTopic, log.topics[0], position);
    }
    this.#firstOfBlock.push(this.#logs.length);
  }

  /** Logs of the blocks from..to (inclusive, existing numbers) that meet the criteria, in chain order. */
  find(from: number, to: number, criteria: LogCriteria): RpcLog[] {
    const start = this.#firstOfBlock[from] ?? this.#logs.length;
    const end = this.#firstOfBlock[to + 1] ?? this.#logs.length;
    const found: RpcLog[] = [];
    for (const position of this.#candidates(start, end, criteria)) {
      const log = this.#logs[position]!;
      if (matches(log, criteria)) found.push(log);
    }
    return found;
  }

  #candidates(start: number, end: number, { addresses, topics }: LogCriteria): Iterable<number> {
    const firstTopics = topics[0] ?? [];
    const byAddress = addresses.length > 0 ? collect(this.#byAddress, addresses, start, end) : undefined;
    const byTopic = firstTopics.length > 0 ? collect(this.#byFirstTopic, firstTopics, start, end) : undefined;
    if (byAddress && byTopic) return byAddress.length <= byTopic.length ? byAddress : byTopic;
    return byAddress ?? byTopic ?? range(start, end);
  }
}

/** True when the log meets the criteria. */
export function matches(log: RpcLog, { addresses, topics }: LogCriteria): boolean {
  if (addresses.length > 0 && !addresses.includes(log.address)) return false;
  return topics.every((alternatives, position) => {
    const topic = log.topics[position];
    if (topic === undefined) return false;
    return alternatives.length === 0 || alternatives.includes(topic);
  });
}

function append(index: Map<string, number[]>, key: string, position: number): void {
  const positions = index.get(key);
  if (positions) positions.push(position);
  else index.set(key, [position]);
}

function collect(index: Map<string, number[]>, keys: readonly string[], start: number, end: number): number[] {
  const lists = [...new Set(keys)].map((key) => {
    const positions = index.get(key) ?? [];
    return positions.slice(lowerBound(positions, start), lowerBound(positions, end));
  });
  return lists.length === 1 ? lists[0]! : lists.flat().sort((a, b) => a - b);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* range(start: number, end: number): Iterable<number> {
  for (let position = start; position < end; position++) yield position;
}
