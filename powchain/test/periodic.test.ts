import { describe, expect, it } from "vitest";
import { ETHER, bob, clients, start } from "./helpers.ts";

const EVERY = 300;

describe("blocks in time", () => {
  it("take the transactions that came before them, and none is mined for nothing", async () => {
    const chain = await start({ blockEveryMs: EVERY });
    const { reader, wallet } = clients(chain);
    const hashes = [
      await wallet.sendTransaction({ to: bob.address, value: ETHER }),
      await wallet.sendTransaction({ to: bob.address, value: ETHER }),
    ];
    const receipts = await Promise.all(hashes.map((hash) => reader.waitForTransactionReceipt({ hash })));
    expect(await reader.getBlockNumber()).toBe(receipts.at(-1)!.blockNumber);
    // Several of its times go by.
    await new Promise((resolve) => setTimeout(resolve, 4 * EVERY));
    expect(await reader.getBlockNumber()).toBe(receipts.at(-1)!.blockNumber);
  });

  it("are mined empty where that is asked for", async () => {
    const chain = await start({ blockEveryMs: EVERY, emptyBlocks: true });
    const { reader } = clients(chain);
    await expect.poll(() => reader.getBlockNumber()).toBeGreaterThan(2n);
    expect((await reader.getBlock()).transactions).toEqual([]);
  });

  it("are as many as there were times, however slow one is", async () => {
    const began = performance.now();
    const chain = await start({ blockEveryMs: 10, emptyBlocks: true, difficulty: 2n ** 14n });
    const { reader } = clients(chain);
    await expect.poll(() => reader.getBlockNumber()).toBeGreaterThan(5n);
    const most = (performance.now() - began) / 10;
    expect(Number(await reader.getBlockNumber())).toBeLessThanOrEqual(most);
  });

  it.each([0, 9, Number.NaN, 2 ** 31])("cannot come every %f ms", async (blockEveryMs) => {
    await expect(start({ blockEveryMs })).rejects.toMatchObject({ code: "POWCHAIN_OPTIONS" });
  });
});
