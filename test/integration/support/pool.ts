import type { Wallet } from "@chartkey/sdk";
import type { Hex } from "viem";
import { expect, vi } from "vitest";
import type { EdrStack } from "../../support/edr-stack.ts";

/** A transaction as a node tells it. */
export interface Pooled {
  hash: Hex;
  nonce: Hex;
  input: Hex;
  to: Hex;
  gas: Hex;
}

/** The transaction that waits for its block. */
export async function waiting(stack: EdrStack): Promise<Pooled> {
  return vi.waitFor(
    async () => {
      const block = (await stack.control("eth_getBlockByNumber", "pending", true)) as { transactions: Pooled[] };
      expect(block.transactions).toHaveLength(1);
      return block.transactions[0]!;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Sends another transaction in the place of one that waits. */
export function replace(wallet: Wallet, { nonce }: Pick<Pooled, "nonce">, call: { to: Hex; data?: Hex }): Promise<Hex> {
  const { account, chain } = wallet;
  const fees = { maxFeePerGas: 90_000_000_000n, maxPriorityFeePerGas: 50_000_000_000n, gas: 1_000_000n };
  return wallet.sendTransaction({ account, chain, nonce: Number(nonce), ...fees, ...call });
}
