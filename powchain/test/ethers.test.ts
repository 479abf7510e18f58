import {
  Contract,
  type ContractEventPayload,
  ContractFactory,
  JsonRpcProvider,
  NonceManager,
  parseEther,
  verifyMessage,
  Wallet,
  WebSocketProvider,
  type TransactionReceipt,
} from "ethers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { PowchainOptions } from "../src/index.ts";
import { bob, compileCounter, KEYS, start } from "./helpers.ts";

const counter = compileCounter();

async function connect(options: Partial<PowchainOptions> = {}) {
  const chain = await start(options);
  const provider = new JsonRpcProvider(chain.url, undefined, { pollingInterval: 20, cacheTimeout: -1 });
  onTestFinished(() => provider.destroy());
  const wallet = new Wallet(KEYS.alice, provider);
  const deploy = async () => {
    const contract = await new ContractFactory(counter.abi as [], counter.bytecode, wallet).deploy();
    await contract.waitForDeployment();
    return new Contract(await contract.getAddress(), counter.abi as [], wallet);
  };
  return { chain, provider, wallet, deploy };
}

describe("ethers 6", () => {
  it("deploys, writes, reads and finds events", async () => {
    const { deploy, provider, wallet } = await connect();
    const contract = await deploy();
    for (const by of [1, 2, 3]) await (await contract["count"]!(by)).wait();
    expect(await contract["value"]!()).toBe(6n);
    const events = await contract.queryFilter(contract.filters["Counted"]!(wallet.address), 0, "latest");
    expect(events.map((event) => "args" in event && event.args["value"])).toEqual([1n, 3n, 6n]);
    expect(await contract.queryFilter(contract.filters["Counted"]!(bob.address), 0)).toEqual([]);
    expect(await contract.queryFilter(contract.filters["Counted"]!(null, 3n), 0)).toHaveLength(1);
    expect(await provider.getCode(await contract.getAddress())).toMatch(/^0x6080/);
    expect(BigInt(await provider.getStorage(await contract.getAddress(), 0))).toBe(6n);
    expect(await contract["value"]!({ blockTag: 3 })).toBe(3n);
  });

  it("decodes custom errors and reasons from calls and estimates", async () => {
    const { deploy } = await connect();
    const contract = await deploy();
    await expect(contract["count"]!.staticCall(101)).rejects.toMatchObject({
      code: "CALL_EXCEPTION",
      revert: { name: "TooHigh", args: [101n] },
    });
    await expect(contract["count"]!.estimateGas(101)).rejects.toMatchObject({ code: "CALL_EXCEPTION" });
    await expect(contract["fail"]!()).rejects.toMatchObject({ code: "CALL_EXCEPTION", reason: "no luck" });
  });

  it("mines a reverting transaction with status 0", async () => {
    const { deploy } = await connect();
    const contract = await deploy();
    const transaction = await contract["count"]!(101, { gasLimit: 100_000 });
    await expect(transaction.wait()).rejects.toMatchObject({ code: "CALL_EXCEPTION", receipt: { status: 0 } });
  });

  it("runs the opcodes of Shanghai and Cancun under proof of work", async () => {
    const { deploy, provider } = await connect();
    const contract = await deploy();
    await (await contract["modern"]!("0x1234")).wait();
    expect(await contract["value"]!()).toBe(7n);
    const head = await provider.getBlock("latest");
    const [number, timestamp, difficulty, parent] = await contract["environment"]!();
    expect(number).toBe(BigInt(head!.number) + 1n);
    expect(timestamp).toBeGreaterThanOrEqual(BigInt(head!.timestamp));
    expect(difficulty).toBe(head!.difficulty);
    expect(parent).toBe(head!.hash);
  });

  it("estimates gas that suffices also when the block comes in a later second", async () => {
    const { deploy } = await connect();
    const contract = await deploy();
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 60_000);
    onTestFinished(() => clock.mockRestore());
    await (await contract["count"]!(6)).wait();
    const gas = await contract["count"]!.estimateGas(4);
    clock.mockReturnValue(Date.now() + 1_000);
    await (await contract["count"]!(4, { gasLimit: gas })).wait();
    expect(await contract["value"]!()).toBe(10n);
  });

  it("estimates the smallest sufficient gas, through the 63/64 rule too", async () => {
    const { deploy, provider, wallet } = await connect();
    const contract = await deploy();
    for (const request of [
      { to: bob.address, value: 1n },
      await contract["count"]!.populateTransaction(5),
      await contract["nested"]!.populateTransaction(),
    ]) {
      const gas = await provider.estimateGas({ ...request, from: wallet.address });
      const status = async (gasLimit: bigint) => {
        const transaction = await wallet.sendTransaction({ ...request, gasLimit });
        const receipt = await transaction.wait().catch((error: { receipt: unknown }) => error.receipt);
        return (receipt as TransactionReceipt).status;
      };
      if (gas > 21_000n) expect(await status(gas - 1n)).toBe(0);
      else await expect(status(gas - 1n)).rejects.toThrow("intrinsic gas too low");
      const again = await provider.estimateGas({ ...request, from: wallet.address });
      expect(await status(again)).toBe(1);
    }
  });

  it("sends legacy, access-list and fee-market transactions", async () => {
    const { wallet } = await connect();
    for (const type of [0, 1, 2]) {
      const receipt = await (await wallet.sendTransaction({ to: bob.address, value: parseEther("1"), type })).wait();
      expect(receipt).toMatchObject({ type, status: 1, gasUsed: 21_000n });
    }
  });

  it("tells of fees, network, blocks with their transactions, and logs", async () => {
    const { deploy, provider, wallet, chain } = await connect();
    const contract = await deploy();
    const receipt = await (await contract["count"]!(3)).wait();
    const fees = await provider.getFeeData();
    expect([fees.gasPrice, fees.maxFeePerGas, fees.maxPriorityFeePerGas].every((fee) => fee! > 0n)).toBe(true);
    expect((await provider.getNetwork()).chainId).toBe(BigInt(chain.chainId));
    const block = await provider.getBlock(receipt.blockNumber, true);
    expect(block!.prefetchedTransactions).toMatchObject([{ hash: receipt.hash, from: wallet.address, type: 2 }]);
    const topics = contract.interface.encodeFilterTopics("Counted", [wallet.address]);
    const [log] = await provider.getLogs({ address: await contract.getAddress(), topics, fromBlock: 0 });
    expect(contract.interface.parseLog(log!)?.args.toObject()).toEqual({ by: wallet.address, value: 3n });
    expect(await provider.getTransactionCount(wallet)).toBe(2);
    expect(await provider.getTransactionReceipt(receipt.hash)).toMatchObject({ status: 1, index: 0 });
    expect(verifyMessage("hello", await wallet.signMessage("hello"))).toBe(wallet.address);
    const data = contract.interface.encodeFunctionData("count", [101]);
    const error = await provider.call({ to: contract, data }).catch((failed: { data: string }) => failed);
    expect(contract.interface.parseError((error as { data: string }).data)).toMatchObject({
      name: "TooHigh",
      args: [101n],
    });
  });

  it("counts nonces by a manager, and waits for any of what is sent at once", async () => {
    const { provider, wallet } = await connect();
    const managed = new NonceManager(wallet);
    const sent = await Promise.all([1n, 2n, 3n].map((value) => managed.sendTransaction({ to: bob.address, value })));
    expect(sent.map(({ nonce }) => nonce).toSorted()).toEqual([0, 1, 2]);
    for (const { hash } of sent) expect(await provider.waitForTransaction(hash)).toMatchObject({ status: 1 });
    expect(await provider.getBalance(bob.address)).toBe(6n);
  });

  it("tells who waits for a transaction that another took its place", async () => {
    const { provider, wallet } = await connect({ blockEveryMs: 400 });
    const request = { to: bob.address, nonce: 0, gasLimit: 21_000n };
    const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
    const first = await wallet.sendTransaction({ ...request, ...fees, value: 1n });
    const waiting = first.wait().catch((error: unknown) => error);
    const doubled = { maxFeePerGas: 2n * fees.maxFeePerGas, maxPriorityFeePerGas: 2n * fees.maxPriorityFeePerGas };
    const second = await wallet.sendTransaction({ ...request, ...doubled, value: 2n });
    expect(await waiting).toMatchObject({
      code: "TRANSACTION_REPLACED",
      reason: "replaced",
      replacement: { hash: second.hash },
    });
    expect(await provider.getBalance(bob.address)).toBe(2n);
  });

  it("tells listeners of blocks, events and waiting transactions by polling", async () => {
    const { deploy, provider } = await connect();
    const contract = await deploy();
    const seen = { blocks: [] as number[], values: [] as bigint[], waiting: [] as string[] };
    await provider.on("block", (block: number) => seen.blocks.push(block));
    await provider.on("pending", (hash: string) => seen.waiting.push(hash));
    await contract.on("Counted", (_by: string, value: bigint) => seen.values.push(value));
    const count = async () => (await contract["count"]!(1)).wait() as Promise<TransactionReceipt>;
    // Filters are installed in the background.
    await expect.poll(() => count().then(() => Object.values(seen).every(({ length }) => length > 0))).toBe(true);
    const { hash, blockNumber } = await count();
    await expect.poll(() => [seen.blocks.at(-1), seen.waiting.at(-1)]).toEqual([blockNumber, hash]);
    await expect.poll(() => seen.values.at(-1)).toBe(BigInt(blockNumber) - 1n); // block 1 deployed it
    await contract.off("Counted");
    await provider.removeAllListeners();
    await provider.getBlockNumber(); // by then the filters have been given back
  });

  it("notifies over WebSocket", async () => {
    const { chain, deploy, wallet } = await connect();
    const contract = await deploy();
    const socket = new WebSocketProvider(chain.url.replace("http", "ws"));
    onTestFinished(() => socket.destroy());
    const listening = new Contract(await contract.getAddress(), counter.abi as [], socket);
    const heard: { by: string; value: bigint; block: number }[] = [];
    const mined: number[] = [];
    const hear = (by: string, value: bigint, { log }: ContractEventPayload) =>
      heard.push({ by, value, block: log.blockNumber });
    await Promise.all([listening.once("Counted", hear), socket.once("block", (block: number) => mined.push(block))]);
    // The subscriptions are requested in the background: what was mined before is not told.
    const count = async () => (await contract["count"]!(9)).wait();
    await expect.poll(() => count().then(() => heard.length * mined.length)).toBe(1);
    const [{ by, value, block }] = heard as [(typeof heard)[number]];
    expect({ by, value }).toEqual({ by: wallet.address, value: 9n * BigInt(block - 1) }); // block 1 deployed it
    expect(mined[0]).toBeLessThanOrEqual(await socket.getBlockNumber());
    await socket.getBlockNumber(); // by then the subscriptions that were heard once have been ended
  });
});
