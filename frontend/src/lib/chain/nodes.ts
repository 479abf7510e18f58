import { HeadMemory, rpcClient } from "@chartkey/sdk";

const keyOf = (chainId: number) => `chartkey.block.${chainId}`;

/** What this browser saw of each chain: block numbers and hashes, which are public. */
export const seenHeads = new HeadMemory({
  read: async (chainId) => {
    try {
      return localStorage.getItem(keyOf(chainId)) ?? undefined;
    } catch {
      return undefined; // Storage may be forbidden.
    }
  },
  write: async (chainId, text) => {
    try {
      localStorage.setItem(keyOf(chainId), text);
    } catch {
      // Known for this page only.
    }
  },
});

const witnesses = new Map<string, ReturnType<typeof rpcClient>>();

/** The client of a second node. */
export function witnessAt(url: string): ReturnType<typeof rpcClient> {
  const witness = witnesses.get(url) ?? rpcClient(url);
  witnesses.set(url, witness);
  return witness;
}
