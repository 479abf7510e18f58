import { bigIntToHex } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { blockMethods } from "./blocks.ts";
import { executionMethods } from "./exec.ts";
import { feeMethods } from "./fees.ts";
import { filterMethods } from "./filters.ts";
import { logMethods } from "./logs.ts";
import type { MethodTable } from "./params.ts";
import { stateMethods } from "./state.ts";
import { subscriptionMethods } from "./subscriptions.ts";
import { transactionMethods } from "./transactions.ts";

/** Every method the node answers. */
export function createMethods(chain: Chain): MethodTable {
  const chainId = chain.common.chainId();
  return {
    web3_clientVersion: () => "chartkey-powchain/0.1.0",
    net_version: () => chainId.toString(),
    net_listening: () => true,
    net_peerCount: () => "0x0",
    eth_chainId: () => bigIntToHex(chainId),
    eth_syncing: () => false,
    eth_accounts: () => [],
    ...blockMethods(chain),
    ...stateMethods(chain),
    ...feeMethods(chain),
    ...executionMethods(chain),
    ...transactionMethods(chain),
    ...logMethods(chain),
    ...filterMethods(chain),
    ...subscriptionMethods(chain),
  };
}
