import type { PublicClient } from "viem";

/** Milliseconds that a chain may take for a block: public ones need 12 s or less. */
const PATIENCE = 60_000;

/**
 * Refuses to wait for blocks that never come: a chain that mines only what is sent has none above a transaction. Returns at once for one
 * confirmation, which the transaction's own block is, and else with the next block.
 */
export async function requireBlocks(client: PublicClient, confirmations: number, patience = PATIENCE): Promise<void> {
  if (confirmations === 1) return;
  const before = await client.getBlockNumber({ cacheTime: 0 });
  const end = performance.now() + patience;
  while ((await client.getBlockNumber({ cacheTime: 0 })) === before) {
    if (performance.now() > end)
      throw new Error(
        `No block came within ${patience / 1000} s: this chain seems to mine only what is sent, and then no transaction ever has ` +
          `${confirmations} confirmations. Nothing was deployed. If it is your own chain, say --confirmations 1.`,
      );
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000, patience / 4)));
  }
}
