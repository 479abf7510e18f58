import { formatGwei, parseEther, type Log } from "viem";
import { describe, expect, it, onTestFinished } from "vitest";
import { alice, bob, clients, compileCounter, start } from "./helpers.ts";

const counter = compileCounter();

describe("viem", () => {
  it("estimates fees, sends and waits for the receipt", async () => {
    const { reader, wallet } = clients(await start());
    const fees = await reader.estimateFeesPerGas();
    expect(Number(formatGwei(fees.maxFeePerGas))).toBeGreaterThan(1);
    const hash = await wallet.sendTransaction({ to: bob.address, value: parseEther("1") });
    const receipt = await reader.waitForTransactionReceipt({ hash });
    const transaction = await reader.getTransaction({ hash });
    expect(receipt).toMatchObject({ status: "success", type: "eip1559", blockNumber: 1n, gasUsed: 21_000n });
    expect(transaction).toMatchObject({
      blockNumber: 1n,
      from: alice.address.toLowerCase(),
      to: bob.address.toLowerCase(),
    });
    const paid = parseEther("1") + receipt.gasUsed * receipt.effectiveGasPrice;
    expect(await reader.getBalance({ address: alice.address })).toBe(parseEther("1000") - paid);
    const { coinbase, baseFeePerGas } = await reader.getBlock().then((block) => ({ coinbase: block.miner, ...block }));
    const tips = receipt.gasUsed * (receipt.effectiveGasPrice - baseFeePerGas!);
    expect(await reader.getBalance({ address: coinbase! })).toBe(tips); // no block reward
  });

  it("reports the fees of past blocks", async () => {
    const { reader, wallet } = clients(await start());
    const fee = { maxFeePerGas: 5_000_000_000n, maxPriorityFeePerGas: 3_000_000_000n };
    await reader.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ to: bob.address, ...fee }) });
    const history = await reader.getFeeHistory({ blockCount: 5, rewardPercentiles: [0, 50, 100] });
    expect(history.oldestBlock).toBe(0n);
    expect(history.baseFeePerGas).toHaveLength(3);
    expect(history.reward).toEqual([[0n, 0n, 0n], Array(3).fill(3_000_000_000n)]);
    expect(history.gasUsedRatio[1]).toBeCloseTo(21_000 / 30_000_000);
  });

  it("watches blocks and events by filters", async () => {
    const { reader, wallet } = clients(await start());
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract(counter) });
    const address = contractAddress!;
    const numbers: bigint[] = [];
    const logs: Log[] = [];
    onTestFinished(reader.watchBlockNumber({ onBlockNumber: (number) => numbers.push(number) }));
    onTestFinished(reader.watchContractEvent({ address, abi: counter.abi, onLogs: (found) => logs.push(...found) }));
    await expect.poll(() => numbers.length).toBeGreaterThan(0);
    const count = async (by: bigint) => {
      const hash = await wallet.writeContract({ address, abi: counter.abi, functionName: "count", args: [by] });
      return (await reader.waitForTransactionReceipt({ hash })).blockNumber;
    };
    // viem installs its filter in the background: it counts from the first event that it shows.
    await expect.poll(() => count(1n).then(() => logs.length)).toBeGreaterThan(0);
    const last = await count(2n);
    await expect.poll(() => logs.at(-1)?.blockNumber).toBe(last);
    const first = logs[0]!.blockNumber!;
    expect(logs.map((log) => log.blockNumber! - first)).toEqual(logs.map((_, index) => BigInt(index)));
    await expect.poll(() => numbers.at(-1)).toBe(last);
  });

  it("reads old state, code and proofs", async () => {
    const { reader, wallet } = clients(await start());
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract(counter) });
    const address = contractAddress!;
    const call = { address, abi: counter.abi } as const;
    for (const by of [4n, 5n]) {
      const hash = await wallet.writeContract({ ...call, functionName: "count", args: [by] });
      await reader.waitForTransactionReceipt({ hash });
    }
    const valueAt = (blockNumber: bigint) => reader.readContract({ ...call, functionName: "value", blockNumber });
    expect([await valueAt(1n), await valueAt(2n), await valueAt(3n)]).toEqual([0n, 4n, 9n]);
    expect(await reader.getCode({ address, blockNumber: 0n })).toBeUndefined();
    const past = await reader.getBlock({ blockNumber: 2n });
    const seen = await reader.readContract({ ...call, functionName: "environment", blockNumber: 2n });
    expect(seen).toEqual([2n, past.timestamp, past.difficulty, past.parentHash]);
    const slot = `0x${"00".repeat(32)}` as const;
    const proof = await reader.getProof({ address, storageKeys: [slot] });
    expect(proof.storageProof[0]!.value).toBe(9n);
  });

  it("calls leave no trace, and see the block to come", async () => {
    const { reader, wallet } = clients(await start());
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract(counter) });
    const call = { address: contractAddress!, abi: counter.abi, account: alice } as const;
    await reader.simulateContract({ ...call, functionName: "count", args: [5n] });
    expect(await reader.readContract({ ...call, functionName: "value" })).toBe(0n);
    const { hash: parent, difficulty } = await reader.getBlock();
    const seen = await reader.readContract({ ...call, functionName: "environment", blockTag: "pending" });
    expect(seen).toEqual([2n, expect.any(BigInt), difficulty, parent]);
    const pending = await reader.getBlock({ blockTag: "pending" });
    expect(pending).toMatchObject({ hash: null, number: 2n });
  });

  it("blocks mined within a second share its timestamp and do not run ahead of the clock", async () => {
    const chain = await start();
    const { reader } = clients(chain);
    for (let i = 0; i < 20; i++) await reader.request({ method: "evm_mine" as never });
    const blocks = await Promise.all(
      Array.from({ length: 20 }, (_, i) => reader.getBlock({ blockNumber: BigInt(i + 1) })),
    );
    const times = blocks.map((block) => Number(block.timestamp));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(Date.now() / 1000);
    expect(new Set(times).size).toBeLessThan(20);
  });
});
