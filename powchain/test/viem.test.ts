import {
  createNonceManager,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  formatGwei,
  http,
  parseAbiItem,
  parseEther,
  webSocket,
  type Log,
  type ReplacementReturnType,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { jsonRpc } from "viem/nonce";
import { describe, expect, it, onTestFinished } from "vitest";
import { alice, bob, clients, compileCounter, KEYS, start } from "./helpers.ts";

const counter = compileCounter();
const COUNTED = parseAbiItem("event Counted(address indexed by, uint256 indexed value)");

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

  it("reads events by every documented way: logs, contract events, and filters of events, blocks and waiting transactions", async () => {
    const { reader, wallet } = clients(await start());
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract(counter) });
    const call = { address: contractAddress!, abi: counter.abi } as const;
    const [ofContract, ofBlocks, ofWaiting] = [
      await reader.createContractEventFilter({ ...call, eventName: "Counted", fromBlock: 0n }),
      await reader.createBlockFilter(),
      await reader.createPendingTransactionFilter(),
    ];
    const hashes = [];
    for (const by of [1n, 2n, 3n]) {
      const hash = await wallet.writeContract({ ...call, functionName: "count", args: [by] });
      await reader.waitForTransactionReceipt({ hash, confirmations: 1 });
      hashes.push(hash);
    }
    expect(await reader.getFilterChanges({ filter: ofBlocks })).toHaveLength(3);
    expect(await reader.getFilterChanges({ filter: ofWaiting })).toEqual(hashes);
    expect(await reader.getFilterChanges({ filter: ofWaiting })).toEqual([]);
    for (const logs of [
      await reader.getFilterLogs({ filter: ofContract }),
      await reader.getContractEvents({ ...call, eventName: "Counted", args: { by: alice.address }, fromBlock: 0n }),
      await reader.getLogs({ address: call.address, event: COUNTED, fromBlock: "earliest", toBlock: "latest" }),
    ])
      expect(logs.map(({ args }) => args)).toEqual([1n, 3n, 6n].map((value) => ({ by: alice.address, value })));
    for (const filter of [ofContract, ofBlocks, ofWaiting]) expect(await reader.uninstallFilter({ filter })).toBe(true);
  });

  it("watches blocks, events and waiting transactions over WebSocket", async () => {
    const chain = await start();
    const { reader, wallet } = clients(chain);
    const { contractAddress: address } = await reader.waitForTransactionReceipt({
      hash: await wallet.deployContract(counter),
    });
    const socket = createPublicClient({ transport: webSocket(chain.url.replace("http", "ws"), { reconnect: false }) });
    onTestFinished(async () => (await socket.transport.getRpcClient()).close());
    const seen = { blocks: [] as bigint[], events: [] as unknown[], logs: [] as unknown[], waiting: [] as string[] };
    const onError = (error: Error) => void seen.events.push(error);
    const ends = [
      socket.watchBlocks({ onBlock: ({ number }) => seen.blocks.push(number), onError }),
      socket.watchContractEvent({
        address: address!,
        abi: counter.abi,
        onError,
        onLogs: (logs) => seen.events.push(...logs),
      }),
      socket.watchEvent({
        event: COUNTED,
        onError,
        onLogs: (logs) => seen.logs.push(...logs.map(({ args }) => args.value)),
      }),
      socket.watchPendingTransactions({ onError, onTransactions: (hashes) => seen.waiting.push(...hashes) }),
    ];
    const count = async () => {
      const hash = await wallet.writeContract({
        address: address!,
        abi: counter.abi,
        functionName: "count",
        args: [1n],
      });
      return { hash, ...(await reader.waitForTransactionReceipt({ hash })) };
    };
    // The subscriptions are requested in the background.
    await expect.poll(() => count().then(() => Object.values(seen).every(({ length }) => length > 0))).toBe(true);
    const { hash, blockNumber } = await count();
    await expect.poll(() => seen.waiting).toContain(hash);
    await expect.poll(() => [seen.blocks.at(-1), seen.logs.at(-1)]).toEqual([blockNumber, blockNumber - 1n]);
    expect(seen.events.at(-1)).toMatchObject({ eventName: "Counted", blockNumber });
    for (const end of ends) end();
    await socket.getBlockNumber(); // by then the subscriptions have been ended
  });

  it("tells who waits for a transaction that it was replaced", async () => {
    const chain = await start({ blockEveryMs: 400 });
    const { reader, wallet } = clients(chain);
    const nonce = await reader.getTransactionCount({ address: alice.address, blockTag: "pending" });
    const transfer = { to: bob.address, value: 1n, nonce, gas: 21_000n } as const;
    const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n };
    const hash = await wallet.sendTransaction({ ...transfer, ...fees });
    let replaced: ReplacementReturnType | undefined;
    const waiting = reader.waitForTransactionReceipt({
      ...{ hash, replacement: { from: alice.address, nonce, to: bob.address, value: 1n, input: "0x" } },
      onReplaced: (told) => (replaced = told),
    });
    const faster = await wallet.sendTransaction({
      ...transfer,
      ...{ maxFeePerGas: 2n * fees.maxFeePerGas, maxPriorityFeePerGas: 2n * fees.maxPriorityFeePerGas },
    });
    expect((await waiting).transactionHash).toBe(faster);
    expect(replaced).toMatchObject({ reason: "repriced", transaction: { hash: faster } });
  });

  it("counts nonces by a manager for what is sent at once, of every type", async () => {
    const chain = await start();
    const { reader } = clients(chain);
    const account = privateKeyToAccount(KEYS.alice, { nonceManager: createNonceManager({ source: jsonRpc() }) });
    const wallet = createWalletClient({ account, chain: reader.chain, transport: http(chain.url) });
    const { accessList } = await reader.createAccessList({ account, to: bob.address, value: 1n });
    const gasPrice = await reader.getGasPrice();
    const { maxPriorityFeePerGas } = await reader.estimateFeesPerGas();
    const hashes = await Promise.all([
      wallet.sendTransaction({ to: bob.address, value: 1n, gasPrice, type: "legacy" }),
      wallet.sendTransaction({ to: bob.address, value: 1n, gasPrice, type: "eip2930", accessList }),
      wallet.sendTransaction({ to: bob.address, value: 1n, maxPriorityFeePerGas, type: "eip1559" }),
      wallet.sendTransaction({ to: bob.address, value: 1n }),
    ]);
    const receipts = await Promise.all(hashes.map((hash) => reader.waitForTransactionReceipt({ hash })));
    expect(receipts.map(({ type, status }) => `${type} ${status}`)).toEqual(
      ["legacy", "eip2930", "eip1559", "eip1559"].map((type) => `${type} success`),
    );
    expect(await reader.getTransactionCount({ address: alice.address })).toBe(4);
    expect(await reader.getTransactionConfirmations({ hash: hashes[3]! })).toBeGreaterThan(0n);
  });

  it("estimates with the access list of a call, decodes custom errors, and checks what was signed", async () => {
    const { reader, wallet } = clients(await start());
    const { contractAddress } = await reader.waitForTransactionReceipt({ hash: await wallet.deployContract(counter) });
    const call = { address: contractAddress!, abi: counter.abi, account: alice } as const;
    const data = encodeFunctionData({ abi: counter.abi, functionName: "nested" });
    const { accessList, gasUsed } = await reader.createAccessList({ account: alice, to: call.address, data });
    expect(accessList).toEqual([{ address: call.address.toLowerCase(), storageKeys: [`0x${"00".repeat(32)}`] }]);
    expect(await reader.estimateGas({ account: alice, to: call.address, data, accessList })).toBeGreaterThanOrEqual(
      gasUsed,
    );
    expect(await reader.estimateContractGas({ ...call, functionName: "count", args: [5n] })).toBeGreaterThan(21_000n);
    const failing = reader.simulateContract({ ...call, functionName: "count", args: [101n] });
    await expect(failing).rejects.toMatchObject({ cause: { data: { errorName: "TooHigh", args: [101n] } } });
    const { request } = await reader.simulateContract({ ...call, functionName: "count", args: [7n] });
    await reader.waitForTransactionReceipt({ hash: await wallet.writeContract(request) });
    expect(await reader.readContract({ ...call, functionName: "value" })).toBe(7n);
    const typed = {
      domain: { chainId: 20265 },
      types: { Note: [{ name: "text", type: "string" }] },
      primaryType: "Note",
    } as const;
    const signature = await wallet.signTypedData({ ...typed, message: { text: "hello" } });
    expect(
      await reader.verifyTypedData({ ...typed, message: { text: "hello" }, address: alice.address, signature }),
    ).toBe(true);
    const message = await wallet.signMessage({ message: "hello" });
    expect(await reader.verifyMessage({ message: "hello", address: bob.address, signature: message })).toBe(false);
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
