import type { Deployment } from "@chartkey/sdk";
import { toCsv } from "@chartkey/sdk/records";
import type { PublicClient } from "viem";
import { decodeLog } from "../../../lib/chain/decode.ts";
import type { ChainLog } from "../EventList.tsx";

/** Blocks asked for at a time. */
const AT_ONCE = 20;

const HEADER = ["time", "block", "transaction", "contract", "event", "arguments"];

/** What an event is called, `Contract.Event`; empty for one of no contract of ours. */
export function eventName(deployment: Deployment | undefined, log: ChainLog): string {
  const event = decodeLog(deployment, log);
  return event ? `${event.contract}.${event.name}` : "";
}

/** Times of blocks, as instants. */
async function timesOf(client: PublicClient, numbers: readonly bigint[]): Promise<Map<bigint, string>> {
  const times = new Map<bigint, string>();
  for (let at = 0; at < numbers.length; at += AT_ONCE)
    await Promise.all(
      numbers.slice(at, at + AT_ONCE).map(async (blockNumber) => {
        const { timestamp } = await client.getBlock({ blockNumber });
        times.set(blockNumber, new Date(Number(timestamp) * 1000).toISOString());
      }),
    );
  return times;
}

/** Events as CSV, in their order, with the times of their blocks. Throws what the node refuses. */
export async function eventTable(
  client: PublicClient,
  deployment: Deployment | undefined,
  logs: readonly ChainLog[],
): Promise<string> {
  const numberOf = ({ blockNumber }: ChainLog) => BigInt(blockNumber ?? 0);
  const times = await timesOf(client, [...new Set(logs.map(numberOf))]);
  const rows = logs.map((log) => {
    const event = decodeLog(deployment, log);
    const values = event?.arguments.map(({ name, value }) => `${name}=${value}`) ?? [...log.topics, log.data];
    const number = numberOf(log);
    const where = [times.get(number) ?? "", String(number), log.transactionHash ?? ""];
    return [...where, event?.contract ?? log.address, event?.name ?? "", values.join(" ")];
  });
  return toCsv(HEADER, rows);
}
