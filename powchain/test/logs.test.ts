import { encodeEventTopics, toHex, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { LogIndex, type RpcLog } from "../src/log-index.ts";
import { alice, bob, clients, compileCounter, result, rpc, start } from "./helpers.ts";

const word = (number: number): Hex => toHex(number, { size: 32 });

function makeLog(block: number, address: number, topics: number[]): RpcLog {
  return {
    address: toHex(address, { size: 20 }),
    topics: topics.map(word),
    data: "0x",
    blockNumber: toHex(block),
    blockHash: word(block),
    blockTimestamp: "0x0",
    transactionHash: word(0),
    transactionIndex: "0x0",
    logIndex: "0x0",
    removed: false,
  };
}

/** 10,000 blocks with 0 to 2 logs each, from a fixed sequence. */
function makeIndex() {
  const index = new LogIndex();
  const all: RpcLog[] = [];
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48271) % 0x7fffffff) % below;
  for (let block = 0; block < 10_000; block++) {
    const logs = Array.from({ length: random(3) }, () => {
      return makeLog(
        block,
        random(50),
        Array.from({ length: random(5) }, () => random(20)),
      );
    });
    index.add(logs);
    all.push(...logs);
  }
  return { index, all };
}

describe("the log index", () => {
  const { index, all } = makeIndex();
  const address = (number: number) => toHex(number, { size: 20 });

  it.each([
    ["everything", [], []],
    ["one address", [3], []],
    ["addresses", [3, 4, 4, 99], []],
    ["first topic", [], [[5]]],
    ["alternatives", [], [[5, 6], [], [1, 2, 3]]],
    ["address and topics", [7, 8], [[1, 2, 3, 4], [5]]],
    ["second topic only", [], [[], [5]]],
    ["at least three topics", [], [[], [], []]],
    ["nothing", [99], [[5]]],
  ] as const)("finds the same as looking at each log: %s", (_, addresses, topics) => {
    const criteria = { addresses: addresses.map(address), topics: topics.map((position) => position.map(word)) };
    for (const [from, to] of [
      [0, 9_999],
      [100, 100],
      [2_500, 7_000],
    ] as const) {
      const expected = all.filter((log) => {
        const number = Number(log.blockNumber);
        if (number < from || number > to) return false;
        if (addresses.length > 0 && !addresses.some((wanted) => log.address === address(wanted))) return false;
        return topics.every((position, at) => {
          const topic = log.topics[at];
          return topic !== undefined && (position.length === 0 || position.some((wanted) => word(wanted) === topic));
        });
      });
      expect(index.find(from, to, criteria)).toEqual(expected);
    }
  });
});

describe("eth_getLogs", () => {
  it("selects by range, block hash, address and nested topics", async () => {
    const chain = await start();
    const { url } = chain;
    const { reader, wallet } = clients(chain);
    const { abi, bytecode } = compileCounter();
    const deployment = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract({ abi, bytecode }) });
    const address = deployment.contractAddress!;
    for (const by of [1n, 2n, 3n]) {
      const hash = await wallet.writeContract({ address, abi, functionName: "count", args: [by] });
      await reader.waitForTransactionReceipt({ hash });
    }
    const count = async (filter: object) => (await result<RpcLog[]>(url, "eth_getLogs", [filter])).length;
    const [signature] = encodeEventTopics({ abi, eventName: "Counted" });
    const by = (account: Hex) => `0x${account.slice(2).toLowerCase().padStart(64, "0")}`;
    const all = { fromBlock: "earliest", toBlock: "latest" };
    expect(await count(all)).toBe(3);
    expect(await count({})).toBe(1);
    expect(await count({ fromBlock: "0x2", toBlock: "0x3" })).toBe(2);
    expect(await count({ fromBlock: "0x9", toBlock: "latest" })).toBe(0);
    expect(await count({ ...all, toBlock: "0x99" })).toBe(3);
    expect(await count({ ...all, address })).toBe(3);
    expect(await count({ ...all, address: [bob.address] })).toBe(0);
    expect(await count({ ...all, topics: [signature] })).toBe(3);
    expect(await count({ ...all, topics: [null, by(alice.address)] })).toBe(3);
    expect(await count({ ...all, topics: [signature, [by(alice.address), by(bob.address)], [word(1), word(6)]] })).toBe(
      2,
    );
    expect(await count({ ...all, topics: [signature, by(bob.address)] })).toBe(0);
    const block = await reader.getBlock({ blockNumber: 3n });
    const [log] = await result<RpcLog[]>(url, "eth_getLogs", [{ blockHash: block.hash }]);
    expect(log).toMatchObject({
      address: address.toLowerCase(),
      topics: [signature, by(alice.address), word(3)],
      blockNumber: "0x3",
      blockHash: block.hash,
      transactionHash: block.transactions[0],
      logIndex: "0x0",
      removed: false,
    });
    const both = { blockHash: block.hash, fromBlock: "0x1" };
    expect((await rpc(url, "eth_getLogs", [both])).error?.code).toBe(-32602);
    expect((await rpc(url, "eth_getLogs", [{ fromBlock: "0x2", toBlock: "0x1" }])).error?.code).toBe(-32602);
  });

  it("filters report each log and block once, until uninstalled", async () => {
    const { url } = await start();
    const blocks = await result<Hex>(url, "eth_newBlockFilter");
    const logs = await result<Hex>(url, "eth_newFilter", [{ fromBlock: "earliest" }]);
    await result(url, "evm_mine");
    await result(url, "evm_mine");
    const { hash } = await result<{ hash: Hex }>(url, "eth_getBlockByNumber", ["latest", false]);
    const changes = await result<Hex[]>(url, "eth_getFilterChanges", [blocks]);
    expect(changes).toHaveLength(2);
    expect(changes[1]).toBe(hash);
    expect(await result(url, "eth_getFilterChanges", [blocks])).toEqual([]);
    expect(await result(url, "eth_getFilterLogs", [logs])).toEqual([]);
    expect(await result(url, "eth_uninstallFilter", [blocks])).toBe(true);
    expect(await result(url, "eth_uninstallFilter", [blocks])).toBe(false);
    expect((await rpc(url, "eth_getFilterChanges", [blocks])).error?.code).toBe(-32000);
  });
});
