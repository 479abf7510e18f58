import {
  type Session,
  type UnlockedSession,
  appAt,
  connectChain,
  contentStores,
  hasVault,
  publishKey,
  rpcClient,
  storeSession,
  unlock,
} from "@chartkey/sdk";
import { createWalletClient, defineChain, http } from "viem";
import { developmentAccount } from "./accounts.ts";
import { LOCAL_CHAIN_ID, type Stack } from "./stack.ts";

type Urls = Pick<Stack, "rpcUrl" | "storeUrls">;

/** The local chain as viem describes chains. */
function localChain(rpcUrl: string) {
  return defineChain({
    id: LOCAL_CHAIN_ID,
    name: "Chartkey local chain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
}

/** Somebody with the wallet of a development account. */
export async function actor({ rpcUrl, storeUrls }: Urls, accountIndex: number): Promise<Session> {
  const account = developmentAccount(accountIndex);
  const wallet = createWalletClient({ account, chain: localChain(rpcUrl), transport: http(rpcUrl) });
  const chain = await connectChain(rpcClient(rpcUrl, 20), { chainId: LOCAL_CHAIN_ID });
  return { chain, store: contentStores(storeUrls, storeSession(chain, wallet, appAt(storeUrls[0]))), wallet };
}

/** The same with an unlocked vault; it is made when there is none. */
export async function unlockedActor(urls: Urls, accountIndex: number): Promise<UnlockedSession> {
  const session = await actor(urls, accountIndex);
  const vault = (await hasVault(session)) ? await unlock(session) : (await publishKey(session)).vault;
  return { ...session, vault };
}
