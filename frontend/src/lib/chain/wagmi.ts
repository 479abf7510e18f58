import { createConfig, http, type Config } from "wagmi";
import type { AppConfig } from "../config/config.ts";
import { developmentWallet } from "../devwallet/connector.ts";
import { chainOf, pollingInterval } from "./chain.ts";

/**
 * Builds the wagmi configuration. Wallets announce themselves (EIP-6963); the development wallet is there only when the
 * server of the page says that this is a practice system.
 */
export function createWagmiConfig(config: AppConfig): Config {
  const chain = chainOf(config);
  return createConfig({
    chains: [chain],
    connectors: config.development ? [developmentWallet()] : [],
    multiInjectedProviderDiscovery: true,
    transports: { [chain.id]: http(config.rpcUrl, { retryCount: 1, timeout: 15_000 }) },
    pollingInterval: pollingInterval(config),
    ssr: false,
  });
}
