import { getContractAddress, numberToHex, type Hex } from "viem";
import type { Powchain } from "../src/index.ts";
import { alice, clients, result } from "./helpers.ts";

/*
 * A contract that at each call writes the block's number into the slot of that number, and logs it, the number as topic as well:
 * sstore(number, number), mstore(0, number), log1(0, 32, number).
 */
const RUNTIME = "434355435f524360205fa100";
const DEPLOYMENT: Hex = `0x6b${RUNTIME}5f52600c6014f3`;
export const numbers = getContractAddress({ from: alice.address, nonce: 0n }).toLowerCase() as Hex;

/** Deploys the contract when it is Alice's first transaction, calls it otherwise, and waits for the receipt. */
export async function mineNumber(chain: Pick<Powchain, "url" | "chainId">): Promise<void> {
  const { reader, wallet } = clients(chain);
  const isFirst = (await reader.getTransactionCount({ address: alice.address })) === 0;
  const what = isFirst ? { data: DEPLOYMENT } : { to: numbers };
  await reader.waitForTransactionReceipt({ hash: await wallet.sendTransaction({ ...what, gas: 100_000n }) });
}

/** Everything that can be read of blocks, receipts, logs and states, to be compared. */
export async function pictureOf({ url, blockNumber }: Powchain): Promise<unknown> {
  const read = <T = unknown>(method: string, ...params: unknown[]) => result<T>(url, method, params);
  const all = Array.from({ length: Number(blockNumber()) + 1 }, (_, number) => numberToHex(number));
  return {
    logs: await read("eth_getLogs", { fromBlock: "earliest", toBlock: "latest", address: numbers }),
    blocks: await Promise.all(
      all.map(async (at) => ({
        block: await read("eth_getBlockByNumber", at, true),
        receipts: await read("eth_getBlockReceipts", at),
        balance: await read("eth_getBalance", alice.address, at),
        code: await read("eth_getCode", numbers, at),
        slots: await Promise.all(all.map((slot) => read("eth_getStorageAt", numbers, slot, at))),
        proof: await read("eth_getProof", numbers, all, at),
      })),
    ),
  };
}
