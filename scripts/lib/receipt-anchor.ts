import { type Chain, appAt, contentStore, publishReceipts, storeSession } from "@chartkey/sdk";
import type { ReceiptAnchor } from "@chartkey/store";
import { createWalletClient, defineChain, http } from "viem";
import { FUNDED_ACCOUNTS, developmentAccount } from "./accounts.ts";

/** Publishes the receipts of a local store. The first store has the last funded account, the second the one before. */
export function receiptAnchor(chain: Chain, rpcUrl: string, storeUrl: string, index: number): ReceiptAnchor {
  const account = developmentAccount(FUNDED_ACCOUNTS - 1 - index);
  const local = defineChain({
    id: chain.id,
    name: "Chartkey local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  const wallet = createWalletClient({ account, chain: local, transport: http(rpcUrl) });
  const store = contentStore(storeUrl, storeSession(chain, wallet, appAt(storeUrl)));
  return {
    account: account.address,
    publish: (leaves) => publishReceipts({ chain, store, wallet }, new Uint8Array(leaves)),
  };
}
