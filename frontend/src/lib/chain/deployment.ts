import { deployments, type Deployment } from "../../../../sdk/src/generated/addresses.ts";

export type { Deployment };

/** Where the contracts are on a chain, as far as this build knows. Addresses never come from a server. */
export function deploymentOn(chainId: number): Deployment | undefined {
  return deployments[chainId];
}
