import { encodeAbiParameters, encodeEventTopics, parseAbiItem, type Hex, type PublicClient } from "viem";
import { expect, it, vi } from "vitest";
import { findDeployment } from "../../../lib/chain/deployment.ts";
import { eventName, eventTable } from "./eventTable.ts";

const deployment = findDeployment(20265)!;
const store = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const digest = (byte: string): Hex => `0x${byte.repeat(32)}`;
const event = parseAbiItem(
  "event ReceiptsPublished(address indexed store, bytes32 indexed entryId, uint32 count, uint40 time, bytes32 root, bytes32 manifest)",
);
const published = {
  address: deployment.accessLog,
  topics: encodeEventTopics({ abi: [event], args: { store, entryId: digest("01") } }) as Hex[],
  data: encodeAbiParameters(
    [{ type: "uint32" }, { type: "uint40" }, { type: "bytes32" }, { type: "bytes32" }],
    [3, 1_795_680_000, digest("02"), digest("03")],
  ),
  ...{ blockNumber: "0x10" as const, transactionHash: digest("aa") },
};
const foreign = { address: store, topics: [digest("04")], data: "0x05", blockNumber: 16n } as const;

it("writes a line for each event, with the time of its block, which is asked for once", async () => {
  const getBlock = vi.fn(async () => ({ timestamp: 1_795_680_000n }));
  const text = await eventTable({ getBlock } as unknown as PublicClient, deployment, [published, foreign]);
  expect(getBlock.mock.calls).toEqual([[{ blockNumber: 16n }]]);
  expect(text.split("\r\n")).toEqual([
    "\ufefftime,block,transaction,contract,event,arguments",
    `2026-11-26T08:00:00.000Z,16,${digest("aa")},AccessLog,ReceiptsPublished,` +
      `store=${store} entryId=${digest("01")} count=3 time=1795680000 root=${digest("02")} manifest=${digest("03")}`,
    `2026-11-26T08:00:00.000Z,16,,${store},,${digest("04")} 0x05`,
    "",
  ]);
  expect([published, foreign].map((log) => eventName(deployment, log))).toEqual(["AccessLog.ReceiptsPublished", ""]);
});
