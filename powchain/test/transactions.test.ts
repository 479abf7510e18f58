import { parseGwei, toHex, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { alice, bob, ETHER, result, rpc, start } from "./helpers.ts";

const GWEI = parseGwei("1");

/** Signs a transfer of Alice's; fees in gwei. */
function transfer(
  nonce: number,
  change: { fee?: number; tip?: number; value?: bigint; gas?: bigint; chainId?: number } = {},
) {
  const { fee = 10, tip = 2, value = 1n, gas = 21_000n, chainId = 20265 } = change;
  const fees = { maxFeePerGas: BigInt(fee) * GWEI, maxPriorityFeePerGas: BigInt(tip) * GWEI };
  return alice.signTransaction({ type: "eip1559", chainId, nonce, to: bob.address, value, gas, ...fees });
}

const send = (url: string, raw: Hex) => rpc(url, "eth_sendRawTransaction", [raw]);
const refusal = async (url: string, raw: Promise<Hex>) => (await send(url, await raw)).error;
const nonce = (url: string, tag: string) => result<Hex>(url, "eth_getTransactionCount", [alice.address, tag]);
const height = async (url: string) => Number(await result<Hex>(url, "eth_blockNumber"));

describe("eth_sendRawTransaction", () => {
  it("refuses what cannot be mined, with the sentences wallets know", async () => {
    const { url } = await start();
    await result(url, "eth_sendRawTransaction", [await transfer(0)]);
    await result(url, "evm_mine");
    const expectRefusal = async (raw: Promise<Hex>, message: RegExp) => {
      expect(await refusal(url, raw)).toMatchObject({ code: -32000, message: expect.stringMatching(message) });
    };
    await expectRefusal(transfer(0), /^already known/);
    await expectRefusal(transfer(0, { value: 2n }), /^nonce too low: next nonce 1, tx nonce 0/);
    await expectRefusal(transfer(1, { value: 2000n * ETHER }), /^insufficient funds for gas \* price \+ value/);
    await expectRefusal(transfer(1, { gas: 20_999n }), /^intrinsic gas too low/);
    await expectRefusal(transfer(1, { gas: 30_000_001n }), /^exceeds block gas limit/);
    await expectRefusal(transfer(1, { fee: 0, tip: 0 }), /^max fee per gas less than block base fee/);
    await expectRefusal(transfer(1, { chainId: 1 }), /chain ID/);
    await expectRefusal(Promise.resolve("0x03c0"), /^transaction type not supported/);
    await expectRefusal(Promise.resolve("0xc0"), /^invalid transaction/);
    const unprotected = alice.signTransaction({ type: "legacy", nonce: 1, gasPrice: 10n * GWEI, gas: 21_000n });
    await expectRefusal(unprotected, /EIP-155/);
    expect(await nonce(url, "pending")).toBe("0x1");
  });

  it("counts everything a sender has waiting against the balance", async () => {
    const { url } = await start();
    await result(url, "eth_sendRawTransaction", [await transfer(5, { value: 600n * ETHER })]);
    expect(await refusal(url, transfer(6, { value: 600n * ETHER }))).toMatchObject({
      message: expect.stringContaining("insufficient funds"),
    });
  });

  it("holds a transaction until the nonces before it have come, then mines all in order", async () => {
    const { url } = await start();
    for (const number of [2, 1]) await result(url, "eth_sendRawTransaction", [await transfer(number)]);
    expect([await nonce(url, "latest"), await nonce(url, "pending")]).toEqual(["0x0", "0x0"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await height(url)).toBe(0);
    const hash = await result<Hex>(url, "eth_sendRawTransaction", [await transfer(0)]);
    await expect.poll(() => nonce(url, "latest")).toBe("0x3");
    const receipt = await result<{ transactionIndex: Hex }>(url, "eth_getTransactionReceipt", [hash]);
    expect(receipt.transactionIndex).toBe("0x0");
    expect(await height(url)).toBe(1);
  });

  it("mines many transactions sent at once", async () => {
    const { url } = await start();
    const raw = await Promise.all(Array.from({ length: 20 }, (_, number) => transfer(number)));
    await Promise.all(raw.map((transaction) => result(url, "eth_sendRawTransaction", [transaction])));
    await expect.poll(() => nonce(url, "latest")).toBe(toHex(20));
    expect(await result(url, "eth_getBalance", [bob.address, "latest"])).toBe(toHex(20));
  });

  it("replaces a waiting transaction when both fees rise by a tenth", async () => {
    const { url } = await start();
    const first = await result<Hex>(url, "eth_sendRawTransaction", [await transfer(1, { fee: 10, tip: 2 })]);
    for (const fees of [
      { fee: 10, tip: 3 },
      { fee: 11, tip: 2 },
    ]) {
      const error = await refusal(url, transfer(1, { ...fees, value: 5n }));
      expect(error?.message).toMatch(/^replacement transaction underpriced/);
    }
    const second = await result<Hex>(url, "eth_sendRawTransaction", [
      await transfer(1, { fee: 11, tip: 3, value: 7n }),
    ]);
    expect(await result(url, "eth_getTransactionByHash", [first])).toBeNull();
    expect(await result(url, "eth_getTransactionByHash", [second])).toMatchObject({ blockHash: null, value: "0x7" });
    await result(url, "eth_sendRawTransaction", [await transfer(0)]);
    await expect.poll(() => nonce(url, "latest")).toBe("0x2");
    expect(await result(url, "eth_getBalance", [bob.address, "latest"])).toBe("0x8");
  });

  it("spreads over blocks what does not fit into one", async () => {
    const { url } = await start();
    const invalidOpcode = "0xfe"; // burns all its gas at once
    const fees = { maxFeePerGas: 10n * GWEI, maxPriorityFeePerGas: GWEI };
    const burn = (nonce: number) =>
      alice.signTransaction({ type: "eip1559", chainId: 20265, nonce, data: invalidOpcode, gas: 20_000_000n, ...fees });
    const hashes: Hex[] = [];
    for (const nonce of [2, 1, 0]) hashes.push(await result<Hex>(url, "eth_sendRawTransaction", [await burn(nonce)]));
    await expect.poll(() => nonce(url, "latest")).toBe("0x3");
    expect(await height(url)).toBe(3);
    const receipt = await result(url, "eth_getTransactionReceipt", [hashes[0]]);
    expect(receipt).toMatchObject({ status: "0x0", blockNumber: "0x3", gasUsed: toHex(20_000_000) });
  });

  it("evm_mine includes what waits, and mines an empty block otherwise", async () => {
    const { url } = await start();
    await result(url, "evm_mine");
    expect(await result(url, "eth_getBlockTransactionCountByNumber", ["0x1"])).toBe("0x0");
    await result(url, "eth_sendRawTransaction", [await transfer(0)]);
    await result(url, "evm_mine");
    expect(await nonce(url, "latest")).toBe("0x1");
  });
});
