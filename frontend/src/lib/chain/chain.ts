import { defineChain, type Chain } from "viem";
import type { AppConfig } from "../config/config.ts";

/** Milliseconds between two questions for the newest block: a local chain mines on demand, others every few seconds. */
export function pollingInterval(config: AppConfig): number {
  return config.development ? 1_000 : 4_000;
}

/** The chain of the configuration, as wagmi and wallets want it described. */
export function chainOf(config: AppConfig): Chain {
  return defineChain({
    id: config.chainId,
    name: config.development ? "Chartkey local chain" : `Chartkey chain ${config.chainId}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [config.rpcUrl] } },
    testnet: config.development,
  });
}
