import { deployments, type Deployment } from "@chartkey/sdk";

/** Where the contracts are on a chain, as far as this build knows. Addresses never come from a server. */
export function findDeployment(chainId: number): Deployment | undefined {
  return deployments[chainId];
}
