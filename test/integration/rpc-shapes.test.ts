import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deploymentOn } from "@chartkey/sdk";
import { type Address, type Hex, encodeFunctionData, numberToHex, parseEther } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { accessLogAbi } from "../../sdk/src/generated/abi/AccessLog.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** The local chain answers in the form in which Hardhat's does: whoever reads the one reads the other. */

const { accessLog } = deploymentOn(LOCAL_CHAIN_ID);
const account = developmentAccount(8);
const digest: Hex = `0x${"11".repeat(32)}`;

/** A node, and what was sent to it. */
interface Node {
  url: string;
  transfer: Hex;
  published: Hex;
  blockHash: Hex;
  number: Hex;
}

interface Answer {
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
}

async function ask(url: string, method: string, params: readonly unknown[]): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  return (await (await fetch(url, { method: "POST", headers, body })).json()) as Answer;
}

async function resultOf<Result>(url: string, method: string, ...params: unknown[]): Promise<Result> {
  const { result, error } = await ask(url, method, params);
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result as Result;
}

async function send(url: string, to: Address, data: Hex, value: bigint): Promise<Hex> {
  const nonce = Number(await resultOf<Hex>(url, "eth_getTransactionCount", account.address, "pending"));
  const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
  const request = { ...{ chainId: LOCAL_CHAIN_ID, to, data, value, nonce, gas: 200_000n }, ...fees };
  const hash = await resultOf<Hex>(url, "eth_sendRawTransaction", await account.signTransaction(request));
  await expect.poll(() => resultOf(url, "eth_getTransactionReceipt", hash)).not.toBeNull();
  return hash;
}

const publish = encodeFunctionData({ abi: accessLogAbi, functionName: "publishReceipts", args: [digest, 1, digest] });
const publishNothing = encodeFunctionData({
  abi: accessLogAbi,
  functionName: "publishReceipts",
  args: [digest, 0, digest],
});

async function prepare(url: string): Promise<Node> {
  const transfer = await send(url, developmentAccount(7).address, "0x", parseEther("1"));
  const published = await send(url, accessLog, publish, 0n);
  const receipt = await resultOf<{ blockHash: Hex; blockNumber: Hex }>(url, "eth_getTransactionReceipt", published);
  return { url, transfer, published, blockHash: receipt.blockHash, number: receipt.blockNumber };
}

/** 32 bytes, 20 bytes and 256 bytes are told apart; every other hex is hex. */
const SIZES: Readonly<Record<number, string>> = { 66: "32 bytes", 42: "20 bytes", 514: "256 bytes" };

function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value))
    return [...new Map(value.map(shapeOf).map((shape) => [JSON.stringify(shape), shape])).values()];
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
  if (typeof value === "string" && /^0x[0-9a-f]*$/i.test(value)) return SIZES[value.length] ?? "hex";
  return typeof value;
}

/**
 * Fields that come with the merge and later forks, which a chain with work in its headers has not; and `yParity` of a transaction, which
 * execution-apis asks for and Hardhat's chain leaves out.
 */
const APART = new Set([
  "yParity",
  ...["withdrawals", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash"],
  ...["blobGasPrice", "baseFeePerBlobGas", "blobGasUsedRatio"],
]);

function comparable(shape: unknown): unknown {
  if (Array.isArray(shape)) return shape.map(comparable);
  if (typeof shape !== "object" || shape === null) return shape;
  const kept = Object.entries(shape).filter(([name]) => !APART.has(name));
  return Object.fromEntries(kept.map(([name, part]) => [name, comparable(part)]));
}

const CALLS: Readonly<Record<string, (node: Node) => readonly unknown[]>> = {
  web3_clientVersion: () => [],
  net_version: () => [],
  eth_chainId: () => [],
  eth_syncing: () => [],
  eth_blockNumber: () => [],
  eth_gasPrice: () => [],
  eth_maxPriorityFeePerGas: () => [],
  eth_feeHistory: ({ number }) => ["0x2", number, [25, 75]],
  eth_getBlockByNumber: ({ number }) => [number, true],
  eth_getBlockByHash: ({ blockHash }) => [blockHash, false],
  eth_getBlockTransactionCountByNumber: ({ number }) => [number],
  eth_getBlockTransactionCountByHash: ({ blockHash }) => [blockHash],
  eth_getTransactionByBlockNumberAndIndex: ({ number }) => [number, "0x0"],
  eth_getTransactionByBlockHashAndIndex: ({ blockHash }) => [blockHash, "0x0"],
  eth_getTransactionByHash: ({ transfer }) => [transfer],
  eth_getTransactionReceipt: ({ published }) => [published],
  eth_getLogs: ({ number }) => [{ address: accessLog, fromBlock: number, toBlock: number }],
  eth_getBalance: ({ number }) => [account.address, number],
  eth_getTransactionCount: () => [account.address, "latest"],
  eth_getCode: () => [accessLog, "latest"],
  eth_getStorageAt: () => [accessLog, "0x0", "latest"],
  eth_call: () => [{ from: account.address, to: accessLog, data: publish }, "latest"],
  eth_estimateGas: () => [{ from: account.address, to: accessLog, data: publish }],
};

let [edr, powchain]: [EdrStack | undefined, Stack | undefined] = [undefined, undefined];
let dataDir: string;
let nodes: [Node, Node];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-shapes-"));
  [edr, powchain] = await Promise.all([openEdrStack(), startTestStack({ dataDir })]);
}, 240_000);

afterAll(async () => {
  await Promise.all([edr?.close(), powchain?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

describe("answers of the local chain", () => {
  it("take the same transactions", async () => {
    nodes = [await prepare(edr!.rpcUrl), await prepare(powchain!.rpcUrl)];
    expect(nodes[0].transfer).toBe(nodes[1].transfer);
  });

  it.each(Object.entries(CALLS))("have the form of Hardhat's: %s", async (method, paramsOf) => {
    const [theirs, ours] = await Promise.all(nodes.map((node) => ask(node.url, method, paramsOf(node))));
    expect(theirs!.error).toBeUndefined();
    expect(comparable(shapeOf(ours!.result))).toEqual(comparable(shapeOf(theirs!.result)));
  });

  it.each(["eth_getBlockByHash", "eth_getTransactionByHash", "eth_getTransactionReceipt"])(
    "are null for what is not there: %s",
    async (method) => {
      const params = method === "eth_getBlockByHash" ? [digest, false] : [digest];
      for (const { url } of nodes) expect(await resultOf(url, method, ...params)).toBeNull();
    },
  );

  it("give filters that tell what is new", async () => {
    for (const { url } of nodes) {
      const [logs, blocks, waiting] = [
        await resultOf<Hex>(url, "eth_newFilter", { address: accessLog }),
        await resultOf<Hex>(url, "eth_newBlockFilter"),
        await resultOf<Hex>(url, "eth_newPendingTransactionFilter"),
      ];
      // Hardhat's begin with the block that was the newest one.
      for (const filter of [logs, blocks, waiting]) await resultOf(url, "eth_getFilterChanges", filter);
      const hash = await send(url, accessLog, publish, 0n);
      expect(await resultOf(url, "eth_getFilterChanges", waiting)).toEqual([hash]);
      const found = [
        await resultOf(url, "eth_getFilterChanges", logs),
        await resultOf(url, "eth_getFilterChanges", blocks),
      ];
      expect(found.map((list) => (list as unknown[]).length)).toEqual([1, 1]);
      expect(shapeOf(found[1])).toEqual(["32 bytes"]);
      for (const filter of [logs, blocks, waiting])
        expect(await resultOf(url, "eth_uninstallFilter", filter)).toBe(true);
    }
  });

  it.each(["eth_call", "eth_estimateGas"])("name the revert and carry its data: %s", async (method) => {
    for (const { url } of nodes) {
      const { error } = await ask(url, method, [{ from: account.address, to: accessLog, data: publishNothing }]);
      expect(error?.message).toMatch(/revert/);
      // Hardhat wraps it; both have the bytes of AccessLog_InvalidCount(0, 65536).
      expect(JSON.stringify(error?.data)).toContain(`${numberToHex(65_536, { size: 32 }).slice(2)}`);
    }
  });

  it.each<[string, readonly unknown[]]>([
    ["eth_getBlockByNumber", ["pending-ish", false]],
    ["eth_getBalance", ["0x12"]],
    ["eth_sendRawTransaction", ["0x00"]],
    ["no_such_method", []],
  ])("are errors with a code where Hardhat's are: %s", async (method, params) => {
    const answers = await Promise.all(nodes.map(({ url }) => ask(url, method, params)));
    for (const { error } of answers)
      expect(error).toMatchObject({ code: expect.any(Number) as number, message: expect.any(String) as string });
  });
});
