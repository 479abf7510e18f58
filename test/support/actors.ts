import {
  type Chain,
  type Session,
  type UnlockedSession,
  connectChain,
  contentStore,
  hasVault,
  publishKey,
  rpcClient,
  unlock,
} from "@chartkey/sdk";
import { createWalletClient, defineChain, http } from "viem";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { LOCAL_CHAIN_ID, type Stack } from "../../scripts/lib/stack.ts";

/** The local chain as viem describes chains. */
export function viemChain(rpcUrl: string) {
  return defineChain({
    id: LOCAL_CHAIN_ID,
    name: "Chartkey local chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
}

/** A checked connection to a stack's chain. */
export function chainOf({ rpcUrl }: Pick<Stack, "rpcUrl">): Promise<Chain> {
  return connectChain(rpcClient(rpcUrl, 20), LOCAL_CHAIN_ID);
}

/** Somebody with the wallet of a development account. */
export async function actor(stack: Pick<Stack, "rpcUrl" | "storeUrl">, accountIndex: number): Promise<Session> {
  const { rpcUrl, storeUrl } = stack;
  const wallet = createWalletClient({
    account: developmentAccount(accountIndex),
    chain: viemChain(rpcUrl),
    transport: http(rpcUrl),
  });
  return { chain: await chainOf(stack), store: contentStore(storeUrl), wallet };
}

/** The same with his vault unlocked; it is made when there is none. */
export async function unlockedActor(
  stack: Pick<Stack, "rpcUrl" | "storeUrl">,
  accountIndex: number,
): Promise<UnlockedSession> {
  const session = await actor(stack, accountIndex);
  const vault = (await hasVault(session)) ? await unlock(session) : (await publishKey(session)).vault;
  return { ...session, vault };
}
